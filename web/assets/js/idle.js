// Nghỉ lâu quá thì hỏi: body[data-idle-seconds][data-idle-url] counts down before the session ends and never throws away typed text.
// Activity in one tab counts for all; the address is asked with GET (any request renews a session), at most three times a period.

const key = "giaoban:hoat-dong", warning = 60;

export function startIdle(body = document.body) {
	const period = Number(body.dataset.idleSeconds) * 1000;
	const url = body.dataset.idleUrl;
	if (!(period > 0) || !url) return;
	const warn = Math.min(warning * 1000, period / 2);
	let last = Date.now(), pinged = last, box = null, over = false, asking = false;

	const touch = (event) => {
		if (over) return;
		if (box) {
			// A hand resting on the mouse is not an answer; someone who types is plainly here.
			if (event.type === "keydown" || event.type === "input") stay();
			return;
		}
		last = Date.now();
		try { localStorage.setItem(key, String(last)); } catch { /* other tabs keep their own time */ }
		if (last - pinged > period / 3) ping();
	};
	for (const kind of ["keydown", "pointerdown", "input", "wheel"]) addEventListener(kind, touch, { passive: true });
	setInterval(tick, 1000);

	function tick() {
		let elsewhere = 0;
		try { elsewhere = Number(localStorage.getItem(key)) || 0; } catch { /* own time only */ }
		if (elsewhere > last && elsewhere <= Date.now()) last = elsewhere;
		const left = last + period - Date.now();
		if (left > warn) return close();
		if (left > 0) return ask(Math.ceil(left / 1000));
		if (!over) end();
	}

	async function ping() {
		pinged = Date.now();
		try {
			const answer = await fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
			return answer.ok;
		} catch {
			return false;
		}
	}

	async function stay() {
		if (asking) return;
		asking = true;
		const alive = await ping();
		asking = false;
		if (!alive) return; // the count goes on, and the button may be pressed again
		last = Date.now();
		try { localStorage.setItem(key, String(last)); } catch { /* own time only */ }
		close();
	}

	function ask(seconds) {
		over = false;
		if (!box) {
			box = document.createElement("section");
			box.className = "idle notice warn";
			box.setAttribute("aria-label", "Phiên làm việc sắp hết");
			const words = document.createElement("p");
			words.setAttribute("role", "alert");
			words.textContent = "Lâu không thấy thao tác. Phiên làm việc sắp hết; chữ đang gõ vẫn được giữ.";
			const count = document.createElement("p");
			count.dataset.left = "";
			const button = document.createElement("button");
			button.type = "button";
			button.className = "primary";
			button.textContent = "Tiếp tục làm việc";
			button.addEventListener("click", stay);
			box.append(words, count, button);
			document.body.append(box);
			save();
		}
		box.querySelector("[data-left]").textContent = `Còn ${seconds} giây.`;
	}

	function end() {
		over = true;
		save();
		box?.remove();
		box = document.createElement("section");
		box.className = "idle notice bad";
		const words = document.createElement("p");
		words.setAttribute("role", "alert");
		words.textContent = "Phiên làm việc đã hết. Trang này không bị đóng, chữ đang gõ còn nguyên: đăng nhập ở thẻ mới rồi quay lại đây gửi tiếp.";
		const link = document.createElement("a");
		link.href = body.dataset.signIn ?? "/dang-nhap";
		link.target = "_blank";
		link.textContent = "Đăng nhập ở thẻ mới";
		box.append(words, link);
		document.body.append(box);
	}

	function close() {
		over = false;
		box?.remove();
		box = null;
	}

	function save() {
		for (const form of document.querySelectorAll('form[method="post"]')) form.dispatchEvent(new Event("giaoban:luu-ngay"));
	}
}
