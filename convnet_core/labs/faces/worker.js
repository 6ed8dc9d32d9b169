// The Worker of the faces lab.

import { serve } from "../kit/slices.js";
import { JOBS } from "./jobs.js";

serve(JOBS);
