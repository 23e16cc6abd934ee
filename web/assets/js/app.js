// Trang chạy được khi không có tệp này: every module only eases what a plain form already does.

import { startBold } from "./bold.js";
import { startCopy } from "./copy.js";
import { startIdle } from "./idle.js";
import { startInserting } from "./insert.js";
import { startKeeping } from "./keep.js";
import { startKeys } from "./keys.js";
import { startOnce } from "./once.js";
import { startParts } from "./parts.js";
import { startGrids } from "./paste.js";
import { startUnfolding } from "./unfold.js";

startParts();
startGrids();
startBold();
startOnce();
startKeeping(); // after once: what it swallows was not sent
startCopy();
startInserting();
startKeys();
startIdle();
startUnfolding();
document.querySelector(".errors[tabindex]")?.focus(); // all that is wrong is read first
