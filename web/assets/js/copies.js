// Bản đang gõ trong trình duyệt này: the copies under "giaoban:dang-go:PERSON:FORM", and in each tab the form that was sent last.
// Where storage is full or forbidden nothing is kept and nothing fails.

const prefix = "giaoban:dang-go:", sentKey = "giaoban:vua-gui", longest = 14 * 24 * 3600 * 1000;

export function store(key, copy) { attempt(() => localStorage.setItem(prefix + key, JSON.stringify(copy))); }

export function recall(key) { return attempt(() => JSON.parse(localStorage.getItem(prefix + key))); }

// drop forgets a copy, or of it only these fields.
export function drop(key, fields = ["*"]) {
	const kept = recall(key);
	const rest = fields.includes("*") ? [] : kept?.fields?.filter(([where]) => !fields.includes(JSON.parse(where)[0])) ?? [];
	attempt(() => rest.length ? store(key, { ...kept, fields: rest }) : localStorage.removeItem(prefix + key));
}

export function dropAll(person) { sweep((owner) => owner === person); }

// tidy forgets what is too old, and once somebody is signed in what others typed here.
export function tidy(person) {
	sweep((owner, copy) => !(Date.now() - copy?.at < longest) || person && owner !== person);
}

function sweep(goes) {
	attempt(() => {
		for (const key of Object.keys(localStorage)) {
			if (!key.startsWith(prefix)) continue;
			const name = key.slice(prefix.length);
			if (goes(name.split(":")[0], recall(name))) localStorage.removeItem(key);
		}
	});
}

export function storeSent(sent) {
	attempt(() => sent ? sessionStorage.setItem(sentKey, JSON.stringify(sent)) : sessionStorage.removeItem(sentKey));
}
export function readSent() { return attempt(() => JSON.parse(sessionStorage.getItem(sentKey))); }

function attempt(act) { try { return act(); } catch { return null; } }
