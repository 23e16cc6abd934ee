// Bản nháp không bao giờ mất: form[data-autosave="URL"] saves itself within 2 s of a pause, and keeps a copy in this machine
// until the server has confirmed it. The server answers {saved_at, version}; 412 answers {sentence, url} when someone else has
// written meanwhile. Every request carries "X-Autosave: 1" and the form's own fields, `version` among them.

const pause = 1200, longest = 5000, patience = 15000, backoff = [1000, 2000, 4000, 8000, 15000, 30000];
const prefix = "giaoban:dang-go:";

export function startAutosave(root = document) {
	const forms = [...root.querySelectorAll("form[data-autosave]")];
	forgetSubmitted(forms);
	for (const form of forms) new Autosave(form);
}

class Autosave {
	constructor(form) {
		this.form = form;
		this.url = form.dataset.autosave;
		this.status = form.querySelector("[data-autosave-status]") ?? form.appendChild(statusLine());
		this.typed = 0; // counts changes; saved is the count the server has confirmed
		this.saved = 0;
		this.failures = 0;
		this.inFlight = null;
		this.stopped = false;
		this.offer();
		form.addEventListener("input", () => this.changed());
		form.addEventListener("change", () => this.changed());
		form.addEventListener("giaoban:luu-ngay", () => this.send());
		form.addEventListener("submit", (event) => this.submit(event));
		addEventListener("online", () => this.dirty() && this.send());
		document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.leave());
		addEventListener("pagehide", () => this.leave());
		addEventListener("pageshow", (event) => event.persisted && (this.stopped = false));
	}

	dirty() { return this.typed > this.saved && !this.stopped; }

	changed() {
		if (this.stopped) return;
		if (!this.dirty()) this.since = Date.now();
		this.typed++;
		keep(this.url, { at: Date.now(), version: this.version(), fields: fieldsOf(this.form) });
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.send(), Math.max(0, Math.min(pause, this.since + longest - Date.now())));
	}

	version() {
		return this.form.elements.namedItem("version")?.value ?? this.form.dataset.version ?? "";
	}

	body() {
		const body = new URLSearchParams();
		for (const [name, value] of new FormData(this.form)) if (typeof value === "string") body.append(name, value);
		if (!body.has("version") && this.version()) body.append("version", this.version());
		return body;
	}

	send() {
		clearTimeout(this.timer);
		if (!this.dirty()) return this.inFlight;
		if (this.inFlight) return this.inFlight; // what came meanwhile goes next: see finally
		const upTo = this.typed;
		this.inFlight = this.post(upTo).finally(() => {
			this.inFlight = null;
			if (this.dirty() && this.failures === 0) {
				clearTimeout(this.timer);
				this.timer = setTimeout(() => this.send(), pause);
			}
		});
		return this.inFlight;
	}

	async post(upTo, options = {}) {
		let answer;
		const gone = new AbortController();
		const limit = setTimeout(() => gone.abort(), patience);
		try {
			answer = await fetch(this.url, {
				method: "POST", body: this.body(), headers: { "X-Autosave": "1", Accept: "application/json" },
				credentials: "same-origin", redirect: "manual", signal: gone.signal, ...options,
			});
		} catch {
			return this.again("Chưa lưu được — đang thử lại. Chữ đang gõ vẫn giữ trong máy này.");
		} finally {
			clearTimeout(limit);
		}
		const said = await answer.json().catch(() => ({}));
		if (answer.ok && (said.saved_at || said.version !== undefined)) {
			this.failures = 0;
			this.saved = Math.max(this.saved, upTo);
			this.setVersion(said.version);
			if (!this.dirty()) drop(this.url);
			return this.say(`Đã lưu lúc ${clock(said.saved_at)}`);
		}
		if (answer.status === 412 || answer.status === 409) {
			this.stopped = true;
			return this.say(said.sentence ?? "Có người khác vừa sửa bản này.", true, said.url, "Xem hai bản");
		}
		if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
			return this.again("Chưa lưu được: phiên làm việc đã hết. Hãy đăng nhập ở thẻ khác rồi quay lại; chữ đang gõ vẫn còn ở đây.");
		}
		if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
			this.failures = 1; // nothing to retry until the text changes
			return this.say(`Chưa lưu được: ${said.sentence ?? "máy chủ không nhận nội dung này."}`, true);
		}
		return this.again(said.sentence ? `Chưa lưu được — đang thử lại. ${said.sentence}` : "Chưa lưu được — đang thử lại.");
	}

	again(words) {
		const wait = backoff[Math.min(this.failures, backoff.length - 1)];
		this.failures++;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.send(), wait);
		this.say(words, true);
	}

	setVersion(version) {
		if (version === undefined) return;
		const field = this.form.elements.namedItem("version");
		if (field) field.value = version;
		this.form.dataset.version = version;
	}

	// leave sends what is unsent while the page goes away. A body too big for keepalive (64 KB) stays in the copy, and is offered next time.
	leave() {
		if (!this.dirty() || this.inFlight) return;
		const upTo = this.typed;
		const small = this.body().toString().length < 60000;
		this.inFlight = this.post(upTo, small ? { keepalive: true } : {}).finally(() => { this.inFlight = null; });
	}

	// submit waits for a save under way: otherwise the form would carry a version that the save has just made old.
	submit(event) {
		clearTimeout(this.timer);
		if (this.inFlight) {
			event.preventDefault();
			const by = event.submitter;
			this.say("Đang lưu nốt rồi gửi…");
			this.inFlight.finally(() => this.form.requestSubmit(by));
			return;
		}
		this.stopped = true;
		setTimeout(() => { this.stopped = false; }, 8000); // an answer that is a file leaves the page, and the typing, where they are
		const kept = recall(this.url);
		if (kept) keep(this.url, { ...kept, submitted: true });
	}

	offer() {
		const kept = recall(this.url);
		if (!kept) return;
		if (sameFields(kept.fields, fieldsOf(this.form))) return drop(this.url);
		const box = document.createElement("div");
		box.className = "notice warn";
		const words = document.createElement("p");
		const older = kept.version !== this.version() ? " Bản trên máy chủ đã thay đổi sau đó; hãy so lại trước khi gửi." : "";
		words.textContent = `Trong máy này còn bản đang gõ lúc ${clock(new Date(kept.at).toISOString())} mà máy chủ chưa nhận.${older}`;
		const acts = document.createElement("p");
		acts.className = "actions";
		acts.append(
			choice("Khôi phục bản đang gõ", () => { putBack(this.form, kept.fields); box.remove(); this.changed(); this.form.querySelector("input, textarea")?.focus(); }),
			choice("Bỏ bản này", () => { drop(this.url); box.remove(); }),
		);
		box.append(words, acts);
		this.form.prepend(box);
	}

	say(words, wrong = false, url = "", link = "") {
		this.status.classList.toggle("wrong", wrong);
		this.status.textContent = words;
		if (!url) return;
		const a = document.createElement("a");
		a.href = url;
		a.textContent = link;
		this.status.append(" ", a);
	}
}

// clock shows the office's own time (UTC+7), whatever the machine is set to.
function clock(at) {
	if (/^\d\d:\d\d(:\d\d)?$/.test(at ?? "")) return at;
	const when = at ? new Date(at) : new Date();
	return new Intl.DateTimeFormat("vi-VN", { timeStyle: "medium", hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh" }).format(when);
}

// What is kept: typed fields only. Passwords, files, hidden fields (the form token among them) never leave the page.
const typedIn = (el) => el.name && !el.disabled && !["hidden", "password", "file", "submit", "button", "reset"].includes(el.type);
function fieldsOf(form) {
	return [...form.elements].filter(typedIn).map((el) =>
		[el.name, el.type === "checkbox" || el.type === "radio" ? `${el.checked ? "+" : "-"}${el.value}` : el.value]);
}
// Line breaks may come back as CRLF from the server; that is not a difference.
const sameFields = (a, b) => JSON.stringify(a).replaceAll("\\r\\n", "\\n") === JSON.stringify(b).replaceAll("\\r\\n", "\\n");

function putBack(form, fields) {
	const waiting = [...form.elements].filter(typedIn);
	for (const [name, value] of fields) {
		const isChoice = (el) => el.type === "checkbox" || el.type === "radio";
		const at = waiting.findIndex((el) => el.name === name && (!isChoice(el) || el.value === value.slice(1)));
		if (at < 0) continue;
		const [el] = waiting.splice(at, 1);
		if (isChoice(el)) el.checked = value[0] === "+";
		else if (!el.readOnly) el.value = value;
	}
}

// The copy belongs to one account: the next person at the same machine is not offered it.
const keyOf = (url) => `${prefix}${document.body.dataset.person ?? ""}:${url}`;
function keep(url, copy) { try { localStorage.setItem(keyOf(url), JSON.stringify(copy)); } catch { /* full or forbidden: the server's copy remains */ } }
function recall(url) { try { return JSON.parse(localStorage.getItem(keyOf(url))); } catch { return null; } }
function drop(url) { try { localStorage.removeItem(keyOf(url)); } catch { /* nothing was kept */ } }

// A form that was submitted and does not come back on the next page was received: its copy has done its work.
function forgetSubmitted(forms) {
	try {
		const here = new Set(forms.map((form) => keyOf(form.dataset.autosave)));
		for (const key of Object.keys(localStorage)) {
			if (key.startsWith(prefix) && !here.has(key) && JSON.parse(localStorage.getItem(key))?.submitted) localStorage.removeItem(key);
		}
	} catch { /* storage is closed: nothing was kept */ }
}

function choice(text, act) {
	const made = document.createElement("button");
	made.type = "button";
	made.textContent = text;
	made.addEventListener("click", act);
	return made;
}

function statusLine() {
	const made = document.createElement("p");
	made.dataset.autosaveStatus = "";
	made.setAttribute("aria-live", "polite");
	return made;
}
