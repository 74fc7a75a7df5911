import { httpFunction } from "../../lib/http/http-function.ts";
import { reads } from "../bases.ts";
import { createServices } from "../create-services.ts";
import { readSecurityRoute } from "./security-route.ts";

export const handler = httpFunction([readSecurityRoute], createServices(reads));
