// Chữ đã gõ không mất: every form[method=post] of a signed-in person keeps in this browser what was typed and is not yet with the
// server, under the person and the form; form[data-keep="no"] (passwords, tokens) keeps nothing. The copy holds the changed fields
// and what the server had in them, so that bringing it back never covers something newer unasked.
// A page tells what became of a form: [role=status][data-answers=PATH] says that PATH was done, #loi that something was refused,
// main[data-forget="name name"] which fields were refused as secret ("*": all of them): of those nothing stays.

import { Autosave } from "./autosave.js";
import { drop, dropAll, readSent, recall, storeSent, tidy } from "./copies.js";
import { Kept, typedIn } from "./kept.js";

const signOut = "/dang-xuat", signIn = "/dang-nhap";
const aborted = 8000; // a form that is answered with a file leaves the page where it is

export function startKeeping() {
	const person = document.body.dataset.person ?? "";
	tidy(person);
	const back = land(person);
	if (!person) return; // a visitor's words stay in the tab
	const kept = new Map();
	const met = {};
	for (const form of document.querySelectorAll('form[method="post"]:not([data-keep="no"])')) {
		if (typedIn(form).length === 0) continue;
		const name = nameOf(form), key = `${person}:${name}#${met[name] = (met[name] ?? 0) + 1}`;
		const kind = form.dataset.autosave ? Autosave : Kept;
		kept.set(form, new kind(form, key, back?.page ?? here(), back?.key === key));
	}
	const each = (act) => kept.forEach(act);
	for (const kind of ["input", "change"]) document.addEventListener(kind, (event) => kept.get(event.target.form)?.changed());
	document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && each((k) => k.leave()));
	addEventListener("pagehide", () => each((k) => k.leave()));

	let sending = false, leaving = false;
	document.addEventListener("submit", (event) => {
		const form = event.target, by = event.submitter;
		if (event.defaultPrevented || form.method !== "post") return;
		const to = new URL(by?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", location.href).pathname;
		const k = kept.get(form);
		k?.keep();
		storeSent({ person, to, key: k?.key, page: back?.page ?? here(), at: Date.now() });
		if (to === signOut) return; // what is not sent yet will be gone: let the browser ask
		sending = true;
		leaving = false;
		setTimeout(() => { sending = false; }, aborted);
	});
	addEventListener("beforeunload", (event) => {
		if (sending) {
			if (leaving) storeSent(null); // left again before the answer came: nobody knows whether it was taken
			leaving = true;
		} else if ([...kept.values()].some((k) => k.unsaved())) {
			event.preventDefault();
			event.returnValue = ""; // older browsers ask only then
		}
	});
}

// land reads what became of the form that this tab sent last, and gives it back when it was refused.
function land(person) {
	const sent = readSent(), refused = document.querySelector("#loi[role=alert]");
	storeSent(null);
	const forget = document.querySelector("main[data-forget]")?.dataset.forget.split(" ");
	if (forget) sent?.key ? drop(sent.key, forget) : dropAll(person);
	if (!sent) return null;
	if (sent.to === signOut && !person) dropAll(sent.person);
	const way = document.querySelector("a[data-back]"); // the small page of a refusal leads back to where the form stands
	if (way) way.href = person ? sent.page : `${signIn}?ve=${encodeURIComponent(sent.page)}`;
	if (sent.person !== person) return null;
	if (refused) return sent;
	// Only the sentence that answers says that it was taken; a page that somebody was led to without a word is no answer.
	const answered = document.querySelector("[role=status][data-answers]")?.dataset.answers === sent.to;
	if (sent.key && answered && recall(sent.key)?.at <= sent.at) drop(sent.key);
	return null;
}

// nameOf knows a form wherever it stands: by where it goes and by the hidden fields that say for which record. What the server
// counts up in hidden fields is no name.
const counted = /^(form_token|version.*|latest|mark|numbers|asked|rows|so-tu-tep)$/;
function nameOf(form) {
	if (form.dataset.autosave) return form.dataset.autosave;
	const hidden = [...form.elements].filter((el) => el.type === "hidden" && el.name && !counted.test(el.name));
	return [form.getAttribute("action") ?? location.pathname, ...hidden.map((el) => `${el.name}=${el.value}`)].join("&");
}

const here = () => location.pathname + location.search;
