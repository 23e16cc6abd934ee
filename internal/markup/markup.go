// Package markup reads templates of pages as tags, actions and text, and takes out the white space that only lays them out.
package markup

import (
	"fmt"
	"strings"
)

// Kind is what a token is.
type Kind int

// The kinds of tokens.
const (
	Text   Kind = iota
	Action      // {{…}}
	Tag         // <p …>, </p>, <!DOCTYPE …>
	Raw         // what stands between the tags of a pre, textarea, script or style
)

// Token is a piece of a template. Name is the tag's, "/p" for a closing one, or the first word of an action.
type Token struct {
	Kind Kind
	Name string
	Text string
}

// Space is what counts as white space; the non-breaking ones are text.
const Space = " \t\r\n\f"

// keeps are the elements whose white space is their content.
var keeps = map[string]bool{"pre": true, "textarea": true, "script": true, "style": true}

// Split reads a template; the texts of its tokens joined are the template again.
func Split(source string) (tokens []Token, err error) {
	for at := 0; at < len(source); {
		rest := source[at:]
		t := Token{Kind: Text}
		switch {
		case len(tokens) > 0 && keeps[tokens[len(tokens)-1].Name] && tokens[len(tokens)-1].Kind == Tag:
			end := strings.Index(rest, "</"+tokens[len(tokens)-1].Name)
			if end < 0 {
				return nil, fmt.Errorf("line %d: <%s> is not closed", line(source, at), tokens[len(tokens)-1].Name)
			}
			t.Kind, t.Text = Raw, rest[:end]
		case strings.HasPrefix(rest, "{{"):
			t.Kind, t.Text = Action, rest[:actionEnd(rest)]
			if words := strings.Fields(strings.Trim(t.Text, "{-}")); len(words) > 0 {
				t.Name = words[0]
			}
		case opensTag(rest):
			t.Kind, t.Text = Tag, rest[:tagEnd(rest)]
			t.Name = strings.ToLower(t.Text[1 : 1+strings.IndexAny(t.Text[1:]+">", Space+">{")])
			if t.Name != "/" {
				t.Name = strings.TrimSuffix(t.Name, "/")
			}
		default:
			end := 1
			for end < len(rest) && !strings.HasPrefix(rest[end:], "{{") && !opensTag(rest[end:]) {
				end++
			}
			t.Text = rest[:end]
		}
		if t.Kind == Action && !strings.HasSuffix(t.Text, "}}") || t.Kind == Tag && !strings.HasSuffix(t.Text, ">") {
			return nil, fmt.Errorf("line %d: %.30q is not closed", line(source, at), rest)
		}
		at += len(t.Text)
		tokens = append(tokens, t)
	}
	if n := len(tokens); n > 0 && tokens[n-1].Kind == Tag && keeps[tokens[n-1].Name] {
		return nil, fmt.Errorf("line %d: <%s> is not closed", line(source, len(source)), tokens[n-1].Name)
	}
	return tokens, nil
}

func line(source string, at int) int { return 1 + strings.Count(source[:at], "\n") }

func opensTag(s string) bool {
	if len(s) < 2 || s[0] != '<' {
		return false
	}
	c := s[1] | 0x20
	return s[1] == '/' || s[1] == '!' || c >= 'a' && c <= 'z'
}

// actionEnd is where the action that begins s ends; its strings and comments may hold anything.
func actionEnd(s string) int {
	if comment := strings.TrimPrefix(s[2:], "- "); strings.HasPrefix(comment, "/*") {
		if end := strings.Index(s, "*/"); end >= 0 {
			return end + 2 + len(s[end+2:]) - len(afterBraces(s[end+2:]))
		}
		return len(s)
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '`' || c == '\'':
			for i++; i < len(s) && s[i] != c; i++ {
				if s[i] == '\\' && c != '`' {
					i++
				}
			}
		case strings.HasPrefix(s[i:], "}}"):
			return i + 2
		}
	}
	return len(s)
}

func afterBraces(s string) string {
	_, rest, _ := strings.Cut(s, "}}")
	return rest
}

// tagEnd is where the tag that begins s ends; values in quotes and actions may hold anything.
func tagEnd(s string) int {
	var quote byte
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case strings.HasPrefix(s[i:], "{{"):
			i += actionEnd(s[i:]) - 1
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return len(s)
}

// Squeeze takes out the white space of layout, as JSX does: with a line break in it, white space vanishes beside a tag,
// an action, and at the ends of an attribute's value, and is one space between words and before an attribute. Where a
// space is meant beside a line break the template says {{" "}}. The breaks taken out go on inside the next action,
// where they mean nothing, so that a fault still names its line.
func Squeeze(source string) (string, error) {
	tokens, err := Split(source)
	if err != nil {
		return "", err
	}
	var s squeezer
	for _, t := range tokens {
		switch t.Kind {
		case Text:
			s.text(t.Text)
		case Action:
			s.action(t.Text)
		case Tag:
			s.tag(t.Text)
		case Raw:
			s.out.WriteString(t.Text)
		}
	}
	return s.out.String(), nil
}

type squeezer struct {
	out  strings.Builder
	owed int // line breaks taken out since the last action
}

// text writes what stands between tags, actions or quotes.
func (s *squeezer) text(text string) {
	for at := 0; at < len(text); {
		word := strings.IndexAny(text[at:], Space)
		if word < 0 {
			word = len(text) - at
		}
		s.out.WriteString(text[at : at+word])
		at += word
		space := text[at : len(text)-len(strings.TrimLeft(text[at:], Space))]
		breaks := strings.Count(space, "\n")
		s.owed += breaks
		if breaks == 0 {
			s.out.WriteString(space)
		} else if at > 0 && at+len(space) < len(text) {
			s.out.WriteByte(' ')
		}
		at += len(space)
	}
}

func (s *squeezer) action(action string) {
	switch {
	case action == `{{" "}}`:
		s.out.WriteByte(' ')
		return
	case s.owed > 0 && !strings.HasPrefix(action, "{{/*") && !strings.HasPrefix(action, "{{-"):
		s.out.WriteString("{{" + strings.Repeat("\n", s.owed) + action[2:])
		s.owed = 0
		return
	}
	s.out.WriteString(action)
}

func (s *squeezer) tag(tag string) {
	for at := 0; at < len(tag); {
		rest := tag[at:]
		switch {
		case strings.HasPrefix(rest, "{{"):
			end := actionEnd(rest)
			s.action(rest[:end])
			at += end
		case rest[0] == '"' || rest[0] == '\'':
			at += s.value(rest)
		case strings.IndexByte(Space, rest[0]) >= 0:
			after := strings.TrimLeft(rest, Space)
			space := rest[:len(rest)-len(after)]
			breaks := strings.Count(space, "\n")
			s.owed += breaks
			if breaks == 0 {
				s.out.WriteString(space)
			} else if !strings.HasPrefix(after, ">") && !strings.HasPrefix(after, "/>") && !strings.HasPrefix(after, "{{") {
				s.out.WriteByte(' ')
			}
			at += len(space)
		default:
			s.out.WriteByte(rest[0])
			at++
		}
	}
}

// value writes a value with its quotes and says how long it was.
func (s *squeezer) value(rest string) (length int) {
	s.out.WriteByte(rest[0])
	from := 1
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == rest[0]:
			s.text(rest[from:i])
			s.out.WriteByte(rest[0])
			return i + 1
		case strings.HasPrefix(rest[i:], "{{"):
			s.text(rest[from:i])
			end := i + actionEnd(rest[i:])
			s.action(rest[i:end])
			from, i = end, end-1
		}
	}
	s.text(rest[from:])
	return len(rest)
}
