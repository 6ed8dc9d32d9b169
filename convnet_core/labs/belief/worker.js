// The Worker of the belief lab.

import { serve } from "../kit/slices.js";
import { JOBS } from "./jobs.js";

serve(JOBS);
