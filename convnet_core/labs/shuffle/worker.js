// The Worker of the shuffle lab.

import { serve } from "../kit/slices.js";
import { JOBS } from "./jobs.js";

serve(JOBS);
