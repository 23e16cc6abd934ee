package api

import "unicode/utf8"

// scanSubmission reads a body in its usual form: every field once, no escapes in its texts. A report has sixty figures,
// and this costs a quarter of the general reader's time (docs/decisions/0016-a-reader-of-our-own-for-submissions.md).
// ok is false for whatever it does not know; then the general reader decides.
func scanSubmission(raw []byte) (b submissionBody, ok bool) {
	if !utf8.Valid(raw) {
		return b, false
	}
	s := scanner{text: string(raw)} // every text below is a part of this one copy
	seen := make(map[string]bool, 6)
	ok = s.object(func(name string) bool {
		if seen[name] {
			return false
		}
		seen[name] = true
		switch name {
		case "org":
			return s.string(&b.Body)
		case "reason":
			return s.string(&b.Reason)
		case "values":
			return s.values(&b.Values)
		case "estimates":
			return s.strings(&b.Estimates)
		case "sections":
			b.Sections = []sectionShape{}
			return s.array(func() bool {
				b.Sections = append(b.Sections, sectionShape{})
				return s.section(&b.Sections[len(b.Sections)-1])
			})
		}
		return false
	})
	s.space()
	return b, ok && s.at == len(s.text) && b.Body != ""
}

func (s *scanner) section(into *sectionShape) bool {
	var section, sector, paragraphs bool
	return s.object(func(name string) bool {
		switch {
		case name == "section" && !section:
			section = true
			return s.string(&into.Section)
		case name == "sector" && !sector:
			sector = true
			return s.string(&into.Sector)
		case name == "paragraphs" && !paragraphs:
			paragraphs = true
			return s.strings(&into.Paragraphs)
		}
		return false
	})
}

func (s *scanner) values(into *map[string]*string) bool {
	*into = make(map[string]*string, 64)
	texts := make([]string, 0, 64)
	return s.object(func(code string) bool {
		if _, again := (*into)[code]; again {
			return false
		}
		if s.word("null") {
			(*into)[code] = nil
			return true
		}
		var text string
		if !s.string(&text) {
			return false
		}
		if len(texts) == cap(texts) { // pointers into the full one stay good
			texts = make([]string, 0, 64)
		}
		texts = append(texts, text)
		(*into)[code] = &texts[len(texts)-1]
		return true
	})
}

// scanner walks over JSON text.
type scanner struct {
	text string
	at   int
}

func (s *scanner) space() {
	for s.at < len(s.text) && (s.text[s.at] == ' ' || s.text[s.at] == '\n' || s.text[s.at] == '\t' || s.text[s.at] == '\r') {
		s.at++
	}
}

func (s *scanner) byte(c byte) bool {
	s.space()
	if s.at < len(s.text) && s.text[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) word(w string) bool {
	s.space()
	if len(s.text)-s.at >= len(w) && s.text[s.at:s.at+len(w)] == w {
		s.at += len(w)
		return true
	}
	return false
}

func (s *scanner) string(into *string) bool {
	if !s.byte('"') {
		return false
	}
	for i := s.at; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '"':
			*into = s.text[s.at:i]
			s.at = i + 1
			return true
		case c == '\\' || c < ' ':
			return false
		}
	}
	return false
}

func (s *scanner) object(field func(name string) bool) bool {
	if !s.byte('{') {
		return false
	}
	if s.byte('}') {
		return true
	}
	for {
		var name string
		if !s.string(&name) || !s.byte(':') || !field(name) {
			return false
		}
		if s.byte('}') {
			return true
		}
		if !s.byte(',') {
			return false
		}
	}
}

func (s *scanner) array(item func() bool) bool {
	if !s.byte('[') {
		return false
	}
	if s.byte(']') {
		return true
	}
	for {
		if !item() {
			return false
		}
		if s.byte(']') {
			return true
		}
		if !s.byte(',') {
			return false
		}
	}
}

func (s *scanner) strings(into *[]string) bool {
	*into = []string{}
	return s.array(func() bool {
		var text string
		if !s.string(&text) {
			return false
		}
		*into = append(*into, text)
		return true
	})
}
