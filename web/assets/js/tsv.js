// Vùng ô chép từ Excel: cells by tab, rows by line; a cell holding a tab, a line break or a quote comes in "…" with "" inside.

// readTSV answers rows of cells, in time linear in the text. A quote that never closes is taken as an ordinary character.
export function readTSV(text) {
	const rows = [];
	let row = [], at = 0;
	const end = text.length;
	while (at <= end) {
		let cell, next;
		const closed = text[at] === '"' ? closing(text, at) : -1;
		if (closed >= 0) {
			cell = text.slice(at + 1, closed).replaceAll('""', '"');
			next = closed + 1;
		} else {
			next = at;
			while (next < end && text[next] !== "\t" && text[next] !== "\n" && text[next] !== "\r") next++;
			cell = text.slice(at, next);
		}
		row.push(cell);
		if (text[next] === "\t") {
			at = next + 1;
			continue;
		}
		rows.push(row);
		row = [];
		if (next >= end) break;
		at = next + (text[next] === "\r" && text[next + 1] === "\n" ? 2 : 1);
		if (at >= end) break; // Excel ends the last row with a line break of its own
	}
	return rows;
}

// closing finds the quote that ends the cell opened at `open`, or -1 when that quote is part of the text.
function closing(text, open) {
	for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2)) {
		if (text[at + 1] === '"') continue;
		const after = text[at + 1];
		return after === undefined || after === "\t" || after === "\n" || after === "\r" ? at : -1;
	}
	return -1;
}
