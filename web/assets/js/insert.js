// Chọn tên thay vì gõ: a name of the list is put into the formula that was typed in last. Without this module the list is
// read, and the name or its code is typed.

export function startInserting() {
	for (const list of document.querySelectorAll("[data-inserts]")) {
		const into = (el) => el instanceof Element && el.matches(list.dataset.inserts);
		let field = document.querySelector(list.dataset.inserts);
		document.addEventListener("focusin", (event) => {
			if (into(event.target)) field = event.target;
		});
		for (const item of list.querySelectorAll("[data-insert]")) {
			const button = document.createElement("button");
			button.type = "button";
			button.className = "small";
			button.textContent = "Đưa vào công thức";
			button.setAttribute("aria-label", "Đưa vào công thức: " + item.dataset.insert);
			button.addEventListener("click", () => insert(field, item.dataset.insert));
			item.append(" ", button);
		}
	}
}

function insert(field, words) {
	const before = field.value.slice(0, field.selectionStart);
	const gap = before && !/\s$/.test(before) ? " " : "";
	field.setRangeText(gap + words + " ", field.selectionStart, field.selectionEnd, "end");
	field.dispatchEvent(new Event("input", { bubbles: true }));
	field.focus();
}
