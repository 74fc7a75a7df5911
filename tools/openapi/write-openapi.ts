import { writeFileSync } from "node:fs";
import { openapi } from "./document.ts";

writeFileSync(new URL("../../openapi.yaml", import.meta.url), openapi());
