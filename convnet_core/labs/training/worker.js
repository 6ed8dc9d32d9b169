// The Worker of the training lab.

import { serve } from "../kit/slices.js";
import { JOBS } from "./jobs.js";

serve(JOBS);
