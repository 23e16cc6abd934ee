// Chọn loại thì mở ngay chỗ phải ghi: select[data-unfolds="VALUE ID"] opens the details of that id when the value is chosen.
// Without this module they are opened with one press, and stand open when the page comes back.

export function startUnfolding() {
	document.addEventListener("change", (event) => {
		const [value, id] = event.target.dataset?.unfolds?.split(" ") ?? [];
		const details = id && document.getElementById(id);
		if (details && event.target.value === value) details.open = true;
	});
}
