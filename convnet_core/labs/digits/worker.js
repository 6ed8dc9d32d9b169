// The Worker of the digits lab.

import { serve } from "../kit/slices.js";
import { JOBS } from "./jobs.js";

serve(JOBS);
