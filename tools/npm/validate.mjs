// Soát HTML: reads every page of a folder by the rules of .htmlvalidate.json and prints what html-validate finds, as its
// own command does with --formatter json. The command works the rules out again for each page, which takes as long as
// reading it.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { HtmlElement, HtmlValidate, StaticConfigLoader } from "html-validate";

class OnceLoader extends StaticConfigLoader {
	getConfigFor(...args) {
		return (this.config ??= super.getConfigFor(...args));
	}
}

// The library's own answers the same, and copies the list once for every element of the page.
HtmlElement.prototype.getElementsByTagName = function (name) {
	const found = [];
	const walk = (element) => {
		for (const child of element.childElements) {
			if (child.is(name)) found.push(child);
			walk(child);
		}
	};
	walk(this);
	return found;
};

const folder = process.argv[2];
const rules = JSON.parse(readFileSync(join(import.meta.dirname, ".htmlvalidate.json"), "utf8"));
const validator = new HtmlValidate(new OnceLoader(rules));
const found = [];
for (const name of readdirSync(folder).filter((name) => name.endsWith(".html")).sort()) {
	const report = validator.validateStringSync(readFileSync(join(folder, name), "utf8"), name);
	found.push(...report.results);
}
process.stdout.write(JSON.stringify(found));
