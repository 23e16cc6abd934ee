// Bản nháp không bao giờ mất: form[data-autosave="URL"] is kept like every form (kept.js) and besides saves itself within 2 s of a
// pause. The server answers {saved_at, version}; 412 answers {sentence, url} when someone else has written meanwhile; {forget} names
// fields refused as secret. Every request carries "X-Autosave: 1" and the form's own fields, `version` among them.

import { Kept, clock, valuesOf } from "./kept.js";

const pause = 1200, longest = 5000, patience = 15000, backoff = [1000, 2000, 4000, 8000, 15000, 30000];

export class Autosave extends Kept {
	constructor(form, key, page, cameBack) {
		super(form, key, page, cameBack);
		this.url = form.dataset.autosave;
		this.status = form.querySelector("[data-autosave-status]") ?? form.appendChild(statusLine());
		this.changes = 0;
		this.saved = 0; // the count of changes that the server has confirmed
		this.failures = 0;
		this.inFlight = null;
		this.stopped = false;
		form.addEventListener("giaoban:luu-ngay", () => this.send());
		form.addEventListener("submit", (event) => this.submit(event));
		addEventListener("online", () => this.dirty() && this.send());
		addEventListener("pageshow", (event) => event.persisted && (this.stopped = false));
	}

	dirty() { return this.changes > this.saved && !this.stopped; }

	// What the server would save by itself is only put back when the person says so.
	continues() { return false; }

	changed() {
		super.changed();
		if (this.stopped) return;
		if (!this.dirty()) this.since = Date.now();
		this.changes++;
		clearTimeout(this.next);
		this.next = setTimeout(() => this.send(), Math.max(0, Math.min(pause, this.since + longest - Date.now())));
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
		clearTimeout(this.next);
		if (!this.dirty()) return this.inFlight;
		if (this.inFlight) return this.inFlight; // what came meanwhile goes next: see finally
		const upTo = this.changes;
		this.inFlight = this.post(upTo).finally(() => {
			this.inFlight = null;
			if (this.dirty() && this.failures === 0) {
				clearTimeout(this.next);
				this.next = setTimeout(() => this.send(), pause);
			}
		});
		return this.inFlight;
	}

	async post(upTo, options = {}) {
		const values = valuesOf(this.form);
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
			this.base = values;
			this.withheld.clear();
			this.keep();
			return this.tell(`Đã lưu lúc ${clock(said.saved_at ?? Date.now())}`);
		}
		if (answer.status === 412 || answer.status === 409) {
			this.stopped = true;
			return this.tell(said.sentence ?? "Có người khác vừa sửa bản này.", true, said.url, "Xem hai bản");
		}
		if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
			return this.again("Chưa lưu được: phiên làm việc đã hết. Hãy đăng nhập ở thẻ khác rồi quay lại; chữ đang gõ vẫn còn ở đây.");
		}
		if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
			this.failures = 1; // nothing to retry until the text changes
			if (said.forget) this.withhold(said.forget);
			return this.tell(`Chưa lưu được: ${said.sentence ?? "máy chủ không nhận nội dung này."}`, true);
		}
		return this.again(said.sentence ? `Chưa lưu được — đang thử lại. ${said.sentence}` : "Chưa lưu được — đang thử lại.");
	}

	again(words) {
		const wait = backoff[Math.min(this.failures, backoff.length - 1)];
		this.failures++;
		clearTimeout(this.next);
		this.next = setTimeout(() => this.send(), wait);
		this.tell(words, true);
	}

	setVersion(version) {
		if (version === undefined) return;
		const field = this.form.elements.namedItem("version");
		if (field) field.value = version;
		this.form.dataset.version = version;
	}

	// leave sends what is unsent while the page goes away. A body too big for keepalive (64 KB) stays in the copy, and is offered next time.
	leave() {
		super.leave();
		if (!this.dirty() || this.inFlight) return;
		const upTo = this.changes;
		const small = this.body().toString().length < 60000;
		this.inFlight = this.post(upTo, small ? { keepalive: true } : {}).finally(() => { this.inFlight = null; });
	}

	// submit waits for a save under way: otherwise the form would carry a version that the save has just made old.
	submit(event) {
		clearTimeout(this.next);
		if (this.inFlight) {
			event.preventDefault();
			const by = event.submitter;
			this.tell("Đang lưu nốt rồi gửi…");
			this.inFlight.finally(() => this.form.requestSubmit(by));
			return;
		}
		this.stopped = true;
		setTimeout(() => { this.stopped = false; }, 8000); // an answer that is a file leaves the page, and the typing, where they are
	}

	tell(words, wrong = false, url = "", link = "") {
		this.status.classList.toggle("wrong", wrong);
		this.status.textContent = words;
		if (!url) return;
		const a = document.createElement("a");
		a.href = url;
		a.textContent = link;
		this.status.append(" ", a);
	}
}

function statusLine() {
	const made = document.createElement("p");
	made.dataset.autosaveStatus = "";
	made.setAttribute("aria-live", "polite");
	return made;
}
