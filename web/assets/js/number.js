// Con số viết theo lối Việt: the same reading as the server's, so that a wrong cell is named before it is sent.
// "." groups thousands only when followed by exactly three digits, "," is the decimal mark, "ước" marks an estimate, "a/b" is a pair.
// Where decimals are possible "96.125" has two readings and is asked about.
// The text itself is never changed here; the server reads it again and decides.

const doubtful = /^[-−]?(?!0+\.)\d{1,3}\.\d{3}$/;
const plain = /^[-−]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?$/;

// readFigure answers {kind: "empty" | "number" | "pair" | "wrong", estimate, why}; why is a Vietnamese sentence when wrong.
export function readFigure(text, { pair = true, decimals = 0 } = {}) {
	let rest = text.normalize("NFC").replace(/[\s\u00a0]+/g, " ").trim();
	if (rest === "" || rest === "-" || rest === "–") return { kind: "empty", estimate: false, why: "" };
	const estimate = /^ước( đạt)?(?=[\s\d])/i.test(rest);
	if (estimate) rest = rest.replace(/^ước( đạt)?\s*/i, "");
	const parts = rest.split("/").map((p) => p.trim());
	const doubt = decimals > 0 && parts.find((p) => doubtful.test(p));
	if (doubt) {
		const [whole, decimal] = [doubt.replace(".", ""), doubt.replace(".", ",")];
		return { kind: "wrong", estimate, why: `${decimal} hay ${doubt}? Gõ ${decimal} nếu là số lẻ, ${whole} nếu là hàng nghìn.` };
	}
	if (parts.length === 2 && parts.every((p) => plain.test(p))) {
		return pair
			? { kind: "pair", estimate, why: "" }
			: { kind: "wrong", estimate, why: "chỉ tiêu này nhận một số, không nhận dạng a/b." };
	}
	if (parts.length === 1 && plain.test(rest)) return { kind: "number", estimate, why: "" };
	return { kind: "wrong", estimate, why: explain(rest) };
}

function explain(text) {
	if (/^[-−]?\d+\.\d+$/.test(text)) {
		return `dấu chấm chỉ ngăn hàng nghìn (1.234); số lẻ viết dấu phẩy: ${text.replace(".", ",")}.`;
	}
	if (/%\s*$/.test(text)) return "bỏ dấu %, đơn vị đã ghi ở cột bên.";
	if (/^[-−\d.,\s/]+$/.test(text)) return "viết như 1.234,5: dấu chấm ngăn từng ba chữ số, dấu phẩy trước số lẻ.";
	return "cần một con số, ví dụ 1.234,5 hoặc ước 1.234,5; để trống nếu chưa có số liệu.";
}
