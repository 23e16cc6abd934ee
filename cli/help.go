package cli

import (
	"fmt"
	"regexp"
	"strings"

	"giaoban/internal/pattern"

	"github.com/alecthomas/kong"
)

// help prints the usage in Vietnamese: of the program, of a group of commands or of one command.
func help(_ kong.HelpOptions, ctx *kong.Context) error {
	w := ctx.Stdout
	node := ctx.Model.Node
	if selected := ctx.Selected(); selected != nil {
		node = selected
	} else {
		for _, p := range ctx.Path {
			if p.Command != nil {
				node = p.Command
			}
		}
	}
	name := strings.TrimSpace("giaoban " + strings.TrimPrefix(node.Path(), ctx.Model.Name))
	if node == ctx.Model.Node {
		name = "giaoban"
	}
	positional := ""
	for _, p := range node.Positional {
		positional += " " + p.Summary()
	}
	if node.Leaf() {
		fmt.Fprintf(w, "Cách dùng: %s%s [tùy chọn]\n\n%s\n", name, positional, node.Help)
	} else {
		fmt.Fprintf(w, "Cách dùng: %s <lệnh> [tùy chọn]\n\n%s\n\nCác lệnh:\n", name, node.Help)
		for _, child := range node.Children {
			if len(child.Children) == 0 {
				fmt.Fprintf(w, "  %-28s %s\n", strings.TrimPrefix(child.Path(), "giaoban "), child.Help)
				continue
			}
			for _, grand := range child.Children {
				fmt.Fprintf(w, "  %-28s %s\n", strings.TrimPrefix(grand.Path(), "giaoban "), grand.Help)
			}
		}
	}
	fmt.Fprintln(w, "\nTùy chọn:")
	for _, p := range node.Positional {
		fmt.Fprintf(w, "  %-28s %s\n", p.Summary(), p.Help)
	}
	for n := node; n != nil; n = n.Parent {
		for _, f := range n.Flags {
			if f.Hidden || f.Name == "help" {
				continue
			}
			form := "--" + f.Name
			if f.Short != 0 {
				form = fmt.Sprintf("-%c, %s", f.Short, form)
			}
			if !f.IsBool() {
				form += " " + f.PlaceHolder
			}
			text := f.Help
			if f.HasDefault && f.Default != "" {
				text += fmt.Sprintf(" (mặc định %s)", f.Default)
			}
			if f.Required {
				text += " (bắt buộc)"
			}
			fmt.Fprintf(w, "  %-28s %s\n", form, text)
		}
	}
	fmt.Fprintf(w, "  %-28s %s\n", "-h, --help", "In phần trợ giúp này.")
	return nil
}

// phrases turn what the parser says into sentences; each keeps the part that names the mistake.
var phrases = []struct {
	shape func() *regexp.Regexp
	words string
}{
	{pattern.Of(`^unknown flag (\S+?),? ?(?:did you mean "?([^"?]+)"?\?)?$`), "Không có tùy chọn $1."},
	{pattern.Of(`^unexpected argument (\S+?)(?:,.*)?$`), "Thừa tham số “$1”, hoặc không có lệnh này."},
	{pattern.Of(`^missing flags: (.+)$`), "Thiếu tùy chọn bắt buộc: $1."},
	{pattern.Of(`^expected "(.+)"$`), "Thiếu tham số: $1."},
	{pattern.Of(`^expected one of (.+)$`), "Thiếu lệnh con, một trong: $1."},
	{pattern.Of(`^(\S+): missing value, expecting .*$`), "Tùy chọn $1 thiếu giá trị."},
	{pattern.Of(`^(\S+) must be one of (.+) but got (.+)$`), "Tùy chọn $1 phải là một trong $2; đang ghi $3."},
	{pattern.Of(`^(\S+): (?:expected|invalid).*$`), "Giá trị của $1 không đúng dạng."},
}

func translate(err error) string {
	text := err.Error()
	for _, p := range phrases {
		if p.shape().MatchString(text) {
			return p.shape().ReplaceAllString(text, p.words)
		}
	}
	return "Dòng lệnh không đúng: " + text
}

// sentence begins an error's text with a capital.
func sentence(err error) string {
	text := err.Error()
	for i := range text {
		if i > 0 {
			return strings.ToUpper(text[:i]) + text[i:]
		}
	}
	return text
}
