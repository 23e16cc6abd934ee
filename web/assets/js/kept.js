// Một biểu mẫu và bản đang gõ của nó: see keep.js.

import { drop, recall, store } from "./copies.js";
import { turnTo } from "./parts.js";

const pause = 250, fresh = 12 * 3600 * 1000;

export class Kept {
	// page is where the form is opened; cameBack says that this page is the refusal of this form.
	constructor(form, key, page, cameBack) {
		this.form = form;
		this.key = key;
		this.page = page;
		this.withheld = new Set(); // refused as secret: not kept until the server has taken them
		this.base = valuesOf(form); // what the server has
		this.bringBack(cameBack);
		form.addEventListener("giaoban:luu-ngay", () => this.keep());
	}

	changed() {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.keep(), pause);
	}

	keep() {
		clearTimeout(this.timer);
		this.timer = 0;
		const fields = this.withheld.has("*") ? [] : this.typed();
		if (fields.length === 0) return drop(this.key);
		const files = [...this.form.elements].some((el) => el.type === "file" && el.files.length > 0);
		store(this.key, { at: Date.now(), page: this.page, files, fields });
	}

	leave() { if (this.timer) this.keep(); }

	// typed are the fields that the server does not have as they stand: [where, value, what the server has].
	typed() {
		return [...placesOf(this.form)].map(([where, el]) => [where, valueOf(el), this.base.get(el) ?? "", el.name])
			.filter(([, value, base, name]) => value !== base && !this.withheld.has(name)).map((field) => field.slice(0, 3));
	}

	unsaved() { return [...this.base].some(([el, base]) => valueOf(el) !== base); }

	withhold(names) {
		for (const name of names) this.withheld.add(name);
		this.keep();
	}

	bringBack(cameBack) {
		const kept = recall(this.key);
		if (!kept?.fields) return;
		const places = placesOf(this.form);
		const found = kept.fields.map(([where, ...rest]) => [places.get(where), ...rest]).filter(([el]) => el && !el.readOnly);
		if (cameBack) for (const [el, , base] of found) this.base.set(el, base);
		const missing = found.filter(([el, value]) => !same(valueOf(el), value));
		if (missing.length === 0) return found.length < kept.fields.length || cameBack || drop(this.key);
		for (const at of [this.form, ...missing.map(([el]) => el)]) unfold(at);
		turnTo(missing[0][0]);
		const untouched = missing.every(([el, , base]) => same(valueOf(el), base));
		untouched && this.continues(kept) ? this.putBack(missing, kept) : this.offer(missing, kept, untouched);
	}

	// continues says whether typing simply goes on: nothing changed on the server, and it was a short while ago.
	continues(kept) { return Date.now() - kept.at < fresh; }

	putBack(missing, kept) {
		const before = missing.map(([el]) => [el, valueOf(el)]);
		const box = this.say(`Đã đưa lại chữ đang gõ lúc ${moment(kept.at)}, chưa gửi.${lostFiles(kept)}`,
			choice("Bỏ chữ này, lấy lại như trên máy chủ", () => { fill(before); drop(this.key); box.remove(); }));
		fill(missing);
	}

	offer(missing, kept, untouched) {
		const newer = untouched ? "" : " Bản trên máy chủ đã thay đổi sau đó; hãy so lại trước khi gửi.";
		const box = this.say(`Trong máy này còn bản đang gõ lúc ${moment(kept.at)} mà máy chủ chưa nhận.${newer}${lostFiles(kept)}`,
			choice("Khôi phục bản đang gõ", () => { fill(missing); box.remove(); turnTo(missing[0][0]); missing[0][0].focus(); }),
			choice("Bỏ bản này", () => { drop(this.key); box.remove(); }));
	}

	say(sentence, ...choices) {
		const box = document.createElement("div"), words = document.createElement("p"), acts = document.createElement("p");
		box.className = "notice warn";
		box.dataset.kept = "";
		words.textContent = sentence;
		acts.className = "actions";
		acts.append(...choices);
		box.append(words, acts);
		this.form.prepend(box);
		return box;
	}
}

// typedIn are the fields a person fills. Passwords, files and hidden fields (the form token among them) never leave the page.
export function typedIn(form) {
	return [...form.elements].filter((el) => el.name && !el.disabled && el.tagName !== "FIELDSET" && el.tagName !== "OUTPUT"
		&& !["hidden", "password", "file", "submit", "button", "reset", "image"].includes(el.type));
}

export function valuesOf(form) { return new Map(typedIn(form).map((el) => [el, valueOf(el)])); }

const isChoice = (el) => el.type === "checkbox" || el.type === "radio";
const valueOf = (el) => isChoice(el) ? (el.checked ? "+" : "-") : el.value;

// The server tidies blanks and line ends; that is no difference.
const same = (a, b) => a.replace(/\r\n/g, "\n").trim() === b.replace(/\r\n/g, "\n").trim();

// placesOf names each field so that it is found again: its name, the choice it stands for, which of several.
function placesOf(form) {
	const places = new Map(), met = {};
	for (const el of typedIn(form)) {
		const name = [el.name, isChoice(el) ? el.value : ""];
		places.set(JSON.stringify([...name, met[name] = (met[name] ?? 0) + 1]), el);
	}
	return places;
}

function fill(values) {
	for (const [el, value] of values) isChoice(el) ? el.checked = value === "+" : el.value = value;
	for (const [el] of values) el.dispatchEvent(new Event("change", { bubbles: true }));
}

function unfold(el) {
	for (let at = el.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
}

const lostFiles = (kept) => kept.files ? " Tệp đã chọn không giữ được: hãy chọn lại." : "";

// clock shows the office's own time (UTC+7), whatever the machine is set to.
export const clock = (at) => inOffice(at, { timeStyle: "medium" });
const dayOf = (at) => inOffice(at, { dateStyle: "short" });
function inOffice(at, how) {
	return new Intl.DateTimeFormat("vi-VN", { hourCycle: "h23", timeZone: "Asia/Ho_Chi_Minh", ...how }).format(new Date(at));
}
const moment = (at) => clock(at) + (dayOf(at) === dayOf(Date.now()) ? "" : ` ngày ${dayOf(at)}`);

function choice(text, act) {
	const made = document.createElement("button");
	made.type = "button";
	made.textContent = text;
	made.addEventListener("click", act);
	return made;
}
