// The Worker of the shuffle lab.

import { serve } from "../kit/trainer.js";
import { JOBS } from "./jobs.js";

serve(JOBS);
