// Phím tắt: any link or button with data-key="g d" answers to those keys, one after the other; "?" lists them.
// Never while typing, never with Ctrl, Alt or ⌘; one tick in the list turns them all off (WCAG 2.1.4).

const off = "giaoban:phim-tat-tat", between = 1200;

export function startKeys() {
	let typed = "", last = 0;
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
		if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
		if (event.key === "?") {
			event.preventDefault();
			return openList();
		}
		if (event.key.length !== 1 || stored()) return;
		typed = event.timeStamp - last < between ? `${typed} ${event.key}`.trim() : event.key;
		last = event.timeStamp;
		const all = [...document.querySelectorAll("[data-key]")];
		const hit = all.find((el) => el.dataset.key === typed) ?? all.find((el) => el.dataset.key === event.key);
		if (hit) {
			typed = "";
			event.preventDefault();
			hit.matches("a, button") ? hit.click() : hit.focus();
		} else if (!all.some((el) => el.dataset.key.startsWith(`${typed} `))) {
			typed = event.key;
		}
	});
}

function isTyping(el) {
	if (!(el instanceof HTMLElement)) return false;
	return el.isContentEditable || el.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
}

function openList() {
	let list = document.querySelector("dialog.keys");
	if (!list) {
		list = document.createElement("dialog");
		list.className = "keys";
		list.setAttribute("aria-labelledby", "phim-tat");
		document.body.append(list);
	}
	const title = document.createElement("h2");
	title.id = "phim-tat";
	title.textContent = "Phím tắt";
	const facts = document.createElement("dl");
	facts.className = "facts";
	const seen = new Set();
	const row = (keys, words) => {
		if (seen.has(keys)) return;
		seen.add(keys);
		const pair = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd");
		keys.split(" ").forEach((key, i) => {
			const kbd = document.createElement("kbd");
			kbd.textContent = key;
			dt.append(i ? " rồi " : "", kbd);
		});
		dd.textContent = words;
		pair.append(dt, dd);
		facts.append(pair);
	};
	for (const el of document.querySelectorAll("[data-key]")) {
		row(el.dataset.key, el.dataset.keyLabel ?? el.getAttribute("aria-label") ?? el.textContent.trim());
	}
	row("?", "Mở bảng này");
	row("Esc", "Đóng bảng này");
	const label = document.createElement("label"), tick = document.createElement("input");
	label.className = "choice";
	tick.type = "checkbox";
	tick.checked = !stored();
	tick.addEventListener("change", () => store(!tick.checked));
	label.append(tick, "Dùng phím tắt trên máy này");
	const close = document.createElement("button");
	close.type = "button";
	close.textContent = "Đóng";
	close.addEventListener("click", () => list.close());
	const page = document.createElement("a");
	page.href = "/phim-tat";
	page.textContent = "Tất cả phím tắt";
	const acts = document.createElement("p");
	acts.className = "actions";
	acts.append(close, page);
	list.replaceChildren(title, facts, label, acts);
	list.showModal();
}

function stored() { try { return localStorage.getItem(off) === "1"; } catch { return false; } }
function store(on) { try { on ? localStorage.setItem(off, "1") : localStorage.removeItem(off); } catch { /* not kept: asked again next time */ } }
