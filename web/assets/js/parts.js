// Từng phần của trang dài: of a page with a table of contents one .part is shown, the one that the address within the page
// leads into (the stylesheet alone does that). Under this module the contents say at once what was typed, Tab goes on from part to part,
// and what is not shown is still found by the browser's own search.

const fields = "input:not([type=hidden]), textarea, select", stops = `a[href], button, summary, [tabindex="0"], ${fields}`;
const seen = (el) => el.checkVisibility() && !el.disabled && el.tabIndex >= 0 && !el.closest(".part-foot");

export function startParts() {
	for (const page of document.querySelectorAll(".sectioned:has(.elsewhere)")) new Parts(page);
}

// turnTo shows the part in which an element stands.
export function turnTo(el) {
	const part = el.closest(".part.elsewhere");
	if (part) location.hash = part.id;
}

class Parts {
	constructor(page) {
		this.page = page;
		this.parts = [...page.querySelectorAll(".part")];
		this.links = [...page.querySelectorAll(".contents > ol > li > a")]; // one for each part, in their order
		addEventListener("hashchange", () => this.show());
		page.addEventListener("click", (event) => this.follow(event));
		page.addEventListener("keydown", (event) => this.step(event));
		page.addEventListener("input", (event) => this.tell(event.target));
		page.addEventListener("beforematch", (event) => this.found(event.target.closest(".part")));
		this.show();
	}

	show() {
		const at = document.getElementById(decodeURIComponent(location.hash.slice(1))); // :target may not be known yet
		const whole = at !== null && at === this.parts[0].parentElement;
		const led = this.parts.find((part) => part.contains(at));
		const here = led ?? this.parts.find((part) => !part.classList.contains("elsewhere"));
		this.parts.forEach((part, i) => {
			part.classList.toggle("elsewhere", part !== here);
			if (part === here || whole) part.removeAttribute("hidden");
			else if ("onbeforematch" in part) part.setAttribute("hidden", "until-found");
			if (part === here && !whole) this.links[i]?.setAttribute("aria-current", "true");
			else this.links[i]?.removeAttribute("aria-current");
		});
	}

	turn(place, go = (to) => location.assign(to)) {
		go(`#${place.id}`);
		this.show();
	}

	// follow puts whoever goes to a part into its first field, but for a finger, which would call up the keyboard.
	follow(event) {
		const place = placeOf(event.target.closest(".contents a, .part-foot a"));
		if (!place?.closest(".part") || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
		event.preventDefault();
		this.turn(place);
		if (!matchMedia("(pointer: coarse)").matches) [...place.querySelectorAll(fields)].find(seen)?.focus({ preventScroll: true });
	}

	// found: the browser's search came upon words in a part; an address that leads there shows it by itself.
	found(part) {
		if (!part || !part.hidden) return;
		part.removeAttribute("hidden");
		this.turn(part, (to) => location.replace(to));
	}

	// step: Tab leads from the last stop of a part to the first one of the next, and back.
	step(event) {
		if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
		const at = this.parts.findIndex((part) => part.contains(event.target)), by = event.shiftKey ? -1 : 1;
		const next = this.parts[at + by];
		if (at < 0 || !next || next.checkVisibility() && !next.hidden) return;
		if ([...this.parts[at].querySelectorAll(stops)].filter(seen).at(event.shiftKey ? 0 : -1) !== event.target) return;
		event.preventDefault();
		this.turn(next, (to) => location.replace(to)); // a step with a key is none for the way back
		const there = [...next.querySelectorAll(stops)].filter(seen).at(event.shiftKey ? -1 : 0);
		there?.focus();
		there?.select?.();
	}

	// tell counts again what is typed where the contents lead; what is to be mended is the server's to say.
	tell(field) {
		for (const note of this.page.querySelectorAll(".contents [data-note]")) {
			const place = placeOf(note.parentElement.querySelector("a"));
			if (place?.contains(field)) count(place, note);
		}
		this.page.querySelector("[data-tally]").textContent = this.page.querySelectorAll(".contents > ol > li > .done").length;
	}
}

// placeOf is where a link within the page leads.
const placeOf = (link) => link?.getAttribute("href").startsWith("#") ? document.getElementById(link.hash.slice(1)) : null;

function count(place, note) {
	const cells = [...place.querySelectorAll("input[id^=value-]")].filter((el) => !el.closest("details"));
	const texts = [...place.querySelectorAll("textarea")].map((el) => el.value.trim()).join(" ").trim();
	let done = texts !== "";
	if (cells.length > 0) {
		const typed = cells.filter((el) => el.value.trim() !== "").length;
		done = typed === cells.length;
		note.textContent = `${typed}/${cells.length} số liệu`;
	} else if (/^không phát sinh\.?$/i.test(texts)) note.textContent = "không phát sinh";
	else note.textContent = done ? `${texts.split(/\s+/).length.toLocaleString("vi-VN")} từ` : "chưa viết";
	done &&= !note.parentElement.querySelector(".asks");
	note.classList.toggle("done", done);
	note.classList.toggle("muted", !done);
}
