// The Worker of the training lab.

import { serve } from "../kit/trainer.js";
import { JOBS } from "./jobs.js";

serve(JOBS);
