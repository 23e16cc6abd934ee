// Trang chạy được khi không có tệp này: every module only eases what a plain form already does.

import { startBold } from "./bold.js";
import { startCopy } from "./copy.js";
import { startIdle } from "./idle.js";
import { startKeeping } from "./keep.js";
import { startKeys } from "./keys.js";
import { startOnce } from "./once.js";
import { startGrids } from "./paste.js";

startGrids();
startBold();
startOnce();
startKeeping(); // after once: what it swallows was not sent
startCopy();
startKeys();
startIdle();
document.querySelector(".errors[tabindex]")?.focus(); // all that is wrong is read first
