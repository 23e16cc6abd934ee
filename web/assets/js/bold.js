// Ô nhận lời văn từ Word: a plain box would lose which lines were bold, and a bold line is a heading. It comes between two
// pairs of asterisks.

const blocks = "p,h1,h2,h3,h4,h5,h6,li";

export function startBold(root = document) {
	for (const box of root.querySelectorAll("textarea[data-bold]")) {
		box.addEventListener("paste", (event) => {
			const html = event.clipboardData?.getData("text/html") ?? "";
			const text = html === "" ? "" : boldLines(html);
			if (text === "") return; // the browser pastes it
			event.preventDefault();
			box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
			box.dispatchEvent(new Event("input", { bubbles: true }));
		});
	}
}

// boldLines is the text of a document, one paragraph a line; "" when it is not made of paragraphs or has no bold line.
export function boldLines(html) {
	const page = new DOMParser().parseFromString(html, "text/html");
	let bold = 0;
	const lines = [];
	for (const block of page.querySelectorAll(blocks)) {
		if (block.querySelector(blocks)) continue;
		const line = block.textContent.replace(/\s+/g, " ").trim();
		if (line === "") continue;
		if (!isBold(block)) {
			lines.push(line);
			continue;
		}
		bold++;
		lines.push(`**${line}**`);
	}
	return bold ? lines.join("\n") : "";
}

// isBold: every letter of the paragraph stands in bold.
function isBold(block) {
	const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const parent = walk.currentNode.parentElement;
		if (walk.currentNode.data.trim() && !parent.closest("b,strong,h1,h2,h3,h4,h5,h6") && !/bold|[6-9]00/.test(parent.style.fontWeight)) return false;
	}
	return true;
}
