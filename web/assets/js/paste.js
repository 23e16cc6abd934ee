// Bảng số: paste a block from Excel into table.grid[data-grid], walk it with the keys, and hear which cell is wrong, by its address.
// What the person typed stays as typed, but for blanks at both ends.

import { readFigure } from "./number.js";
import { readTSV } from "./tsv.js";

const listed = 20; // wrong cells named at once; the rest is counted

export function startGrids(root = document) {
	for (const table of root.querySelectorAll("table[data-grid]")) startGrid(table);
}

function startGrid(table) {
	const status = statusOf(table);
	let undone = []; // what the last paste that changed something wrote over
	table.addEventListener("paste", (event) => {
		const start = event.target.closest("input");
		const text = event.clipboardData?.getData("text/plain") ?? "";
		if (!start || !/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return; // one cell: the browser pastes it
		event.preventDefault();
		const rows = readTSV(text);
		const done = byName(table, start, rows) ?? fill(table, start, rows);
		if (done.changed) undone = done.undo;
		tell(status, table, done, undone);
		start.dispatchEvent(new Event("input", { bubbles: true }));
	});
	table.addEventListener("change", (event) => {
		const input = event.target;
		if (!isCell(input)) return;
		const trimmed = input.value.trim();
		if (trimmed !== input.value) input.value = trimmed;
		check(input);
		const wrong = table.querySelectorAll("input[data-wrong]");
		if (wrong.length || status.textContent) tell(status, table, null);
	});
	table.addEventListener("keydown", (event) => walk(table, event));
}

const isCell = (el) => el instanceof HTMLInputElement && el.type !== "hidden" && el.closest("table[data-grid]") !== null;
const cellsOf = (tr) => [...tr.querySelectorAll("td input:not([type=hidden], [type=checkbox], [type=radio])")]; // a pasted column is figures, never ticks
const open = (input) => input && !input.readOnly && !input.disabled;

// fill writes rows from the start cell on. A blank pasted line standing where the table has a group heading is that heading.
function fill(table, start, rows) {
	const lines = [...table.tBodies].flatMap((body) => [...body.rows]);
	const first = cellsOf(start.closest("tr")).indexOf(start);
	let at = lines.indexOf(start.closest("tr"));
	const undo = [];
	let lost = 0, locked = 0;
	for (const row of rows) {
		if (at >= lines.length && table.dataset.grows !== undefined && row.some((text) => text.trim() !== "")) lines.push(grown(table));
		let cells = at < lines.length ? cellsOf(lines[at]) : [];
		if (cells.length === 0 && at < lines.length && row.every((text) => text.trim() === "")) {
			at++;
			continue;
		}
		while (cells.length === 0 && ++at < lines.length) cells = cellsOf(lines[at]);
		row.forEach((text, i) => {
			const input = cells[first + i];
			const value = text.replace(/\s*[\r\n]+\s*/g, " ").trim();
			if (!input) {
				if (value !== "") lost++;
			} else if (!put(input, value, undo)) locked++;
		});
		at++;
	}
	return { changed: undo.length, undo, lost, locked };
}

// put writes a cell; false for one that is locked and says something else.
function put(input, value, undo) {
	if (!open(input)) return value === input.value.trim();
	if (input.value !== value) {
		undo.push([input, input.value]);
		input.value = value;
		check(input);
	}
	return true;
}

// byName lays rows that begin with the names of the table's own rows, as a list of name, unit and value does, beside those
// names, wherever they stand. What has no such name is told, not laid. null: the block is no such list.
function byName(table, start, rows) {
	const known = new Map();
	for (const head of table.querySelectorAll("tbody th[scope=row]")) known.set(plain(head.dataset.row ?? head.textContent), head.closest("tr"));
	const found = rows.map((row) => row.length > 1 ? known.get(plain(row[0])) : undefined);
	if (found.filter(Boolean).length * 2 < rows.filter((row) => row.some((text) => text.trim() !== "")).length) return null;
	const first = cellsOf(start.closest("tr")).indexOf(start);
	const undo = [], unplaced = [];
	let lost = 0, locked = 0;
	rows.forEach((row, i) => {
		const tr = found[i];
		if (!tr) {
			if (row.some((text) => text.trim() !== "")) unplaced.push(row.join(" ").trim());
			return;
		}
		const cells = cellsOf(tr);
		const unit = row.length > 2 && readFigure(row[1], { pair: true, decimals: 6 }).kind === "wrong";
		row.slice(unit ? 2 : 1).forEach((text, j) => {
			if (!cells[first + j]) {
				if (text.trim() !== "") lost++;
			} else if (!put(cells[first + j], text.trim(), undo)) locked++;
		});
	});
	return { changed: undo.length, undo, lost, locked, unplaced };
}

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();

// grown adds a row below the last one, empty and with the next number in its names.
function grown(table) {
	const last = [...table.tBodies].at(-1).rows;
	const row = last[last.length - 1].cloneNode(true);
	const n = last.length;
	row.querySelector("th").textContent = n + 1;
	for (const input of row.querySelectorAll("input, select")) {
		input.name = input.name.replace(/\d+$/, n);
		if (input.id) input.id = input.id.replace(/\d+$/, n);
		input.setAttribute("aria-label", (input.getAttribute("aria-label") ?? "").replace(/\d+$/, n + 1));
		if (input.type !== "checkbox") input.value = "";
	}
	for (const why of row.querySelectorAll(".cell-why")) why.remove();
	last[last.length - 1].after(row);
	return row;
}

function check(input) {
	if (input.dataset.figure === "no") return;
	const read = readFigure(input.value, { pair: input.dataset.pair !== "no", decimals: Number(input.dataset.decimals ?? 0) });
	const cell = input.closest("td");
	if (read.kind !== "wrong") {
		if (input.dataset.wrong === undefined) return;
		delete input.dataset.wrong;
		input.removeAttribute("aria-invalid");
		cell.classList.remove("error");
		cell.querySelector("[data-own]")?.remove();
		input.setAttribute("aria-describedby", input.dataset.described ?? "");
		if (!input.dataset.described) input.removeAttribute("aria-describedby");
		return;
	}
	let why = cell.querySelector("[data-own]");
	if (!why) {
		why = document.createElement("span");
		why.className = "cell-why";
		why.dataset.own = "";
		why.id = `vi-sao-${serial++}`;
		cell.append(why);
		input.dataset.described = input.getAttribute("aria-describedby") ?? "";
		input.setAttribute("aria-describedby", `${input.dataset.described} ${why.id}`.trim());
	}
	why.textContent = read.why[0].toUpperCase() + read.why.slice(1);
	input.dataset.wrong = read.why;
	input.setAttribute("aria-invalid", "true");
	cell.classList.add("error");
}
let serial = 1;

// addressOf names a cell as people do: the row's label × the column's heading.
function addressOf(input) {
	const cell = input.closest("td");
	const row = cell.closest("tr").querySelector("th[scope=row]");
	const head = cell.closest("table").tHead?.rows;
	const column = head?.[head.length - 1]?.cells[cell.cellIndex];
	const words = (el) => el?.textContent.replace(/\s+/g, " ").trim() ?? "";
	return `${row?.dataset.row ?? words(row)} × ${cell.dataset.col ?? cell.dataset.label ?? column?.dataset.col ?? words(column)}`;
}

function tell(status, table, done, undo = []) {
	const wrong = [...table.querySelectorAll("input[data-wrong]")];
	const lines = [];
	if (done) lines.push(`Đã dán ${done.changed} ô.`);
	if (done?.lost) lines.push(`${done.lost} ô nằm ngoài bảng nên không dán được: kiểm tra lại ô bắt đầu.`);
	if (done?.unplaced?.length) lines.push(`${done.unplaced.length} dòng chưa xếp vì không có chỉ tiêu tên như vậy: ${done.unplaced.join("; ")}.`);
	if (done?.locked) lines.push(`${done.locked} ô đã khóa được giữ nguyên.`);
	if (wrong.length) lines.push(`Có ${wrong.length} ô chưa đúng:`);
	else if (!done) lines.push("Các ô đã đúng.");
	status.classList.toggle("wrong", wrong.length > 0);
	const words = document.createElement("p");
	words.textContent = lines.join(" ");
	status.replaceChildren(words);
	if (wrong.length) {
		const list = document.createElement("ul");
		for (const input of wrong.slice(0, listed)) {
			const item = document.createElement("li");
			item.append(button(addressOf(input), () => input.focus()), ` “${input.value}”: ${input.dataset.wrong}`);
			list.append(item);
		}
		status.append(list);
		if (wrong.length > listed) {
			const more = document.createElement("p");
			more.textContent = `… và ${wrong.length - listed} ô nữa, được đánh dấu trong bảng.`;
			status.append(more);
		}
	}
	if (undo.length) {
		words.append(" ", button("Hoàn tác lần dán", () => {
			for (const [input, value] of undo) {
				input.value = value;
				check(input);
			}
			tell(status, table, null);
			undo[0][0].focus();
			undo[0][0].dispatchEvent(new Event("input", { bubbles: true }));
		}));
	}
}

function button(text, act) {
	const made = document.createElement("button");
	made.type = "button";
	made.className = "quiet";
	made.textContent = text;
	made.addEventListener("click", act);
	return made;
}

// walk: arrows up and down and Enter go by rows; left and right only from the edge of the text, so that typing is undisturbed.
function walk(table, event) {
	const input = event.target;
	if (!isCell(input) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
	const row = input.closest("tr");
	const column = cellsOf(row).indexOf(input);
	const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
	let to;
	switch (event.key) {
		case "ArrowUp": to = step(table, row, column, -1); break;
		case "ArrowDown": to = step(table, row, column, 1); break;
		case "Enter": to = step(table, row, column, event.shiftKey ? -1 : 1) ?? input; break;
		case "ArrowLeft": if (whole || input.selectionEnd === 0) to = cellsOf(row)[column - 1]; break;
		case "ArrowRight": if (whole || input.selectionStart === input.value.length) to = cellsOf(row)[column + 1]; break;
	}
	if (!to || event.shiftKey && event.key !== "Enter") return;
	event.preventDefault();
	to.focus();
	to.select();
}

function step(table, row, column, by) {
	const lines = [...table.tBodies].flatMap((body) => [...body.rows]);
	for (let at = lines.indexOf(row) + by; at >= 0 && at < lines.length; at += by) {
		const to = cellsOf(lines[at])[column];
		if (to && !to.disabled) return to;
	}
}

function statusOf(table) {
	const around = table.closest(".scroll") ?? table;
	const there = around.parentElement.querySelector("[data-grid-status]");
	if (there) return there;
	const made = document.createElement("div");
	made.className = "grid-status";
	made.setAttribute("role", "status");
	made.dataset.gridStatus = "";
	around.after(made);
	return made;
}
