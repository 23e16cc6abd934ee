// Bấm một lần là đủ: the second press of a submit button is swallowed while the first is under way.
// The true guard is the server's idempotency key; this only spares a person the doubt.

const free = 8000; // a form that answers with a file leaves the page where it is: let it be sent again

export function startOnce() {
	document.addEventListener("submit", (event) => {
		const form = event.target;
		if (event.defaultPrevented || form.dataset.again !== undefined) return;
		if (form.dataset.sent !== undefined) return event.preventDefault();
		form.dataset.sent = "";
		// Not `disabled`: a disabled button's name and value would be missing from what is sent.
		for (const button of submitters(form)) button.setAttribute("aria-disabled", "true");
		setTimeout(() => release(form), free);
	});
	addEventListener("pageshow", (event) => {
		if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
	});
}

function submitters(form) {
	return [...form.elements].filter((el) => el.type === "submit");
}

function release(form) {
	delete form.dataset.sent;
	for (const button of submitters(form)) button.removeAttribute("aria-disabled");
}
