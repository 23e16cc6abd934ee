// Chép: button[data-copy="#id"] copies that element's text (a message for Zalo) and says so.

export function startCopy() {
	document.addEventListener("click", async (event) => {
		const button = event.target.closest?.("button[data-copy]");
		if (!button) return;
		const source = document.querySelector(button.dataset.copy);
		if (!source) return;
		const text = source.value ?? source.innerText;
		const said = statusAfter(button);
		said.textContent = (await copied(text, source)) ? "Đã chép. Dán vào tin nhắn bằng Ctrl+V." : "Máy này không cho chép: chữ đã được chọn, hãy bấm Ctrl+C.";
	});
}

// The clipboard is closed to pages served over plain http inside an office network; selecting and copying still works there.
async function copied(text, source) {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		if (source.select) source.select();
		else getSelection().selectAllChildren(source);
		return document.execCommand("copy");
	}
}

function statusAfter(button) {
	const next = button.nextElementSibling;
	if (next?.dataset.copied !== undefined) return next;
	const made = document.createElement("span");
	made.dataset.copied = "";
	made.className = "muted small";
	made.setAttribute("role", "status");
	button.after(made);
	return made;
}
