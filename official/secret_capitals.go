package official

import (
	"bufio"
	"bytes"
	"errors"
	"strings"

	"giaoban/internal/pattern"
)

// looksCapital notes what makes small letters look like capitals: w:caps, cap="all", text-transform, and styles with them.
func (m *markup) looksCapital(e *element, local, attributes []byte) {
	switch string(local) {
	case "caps", "smallCaps":
		on := int8(1)
		switch valueOf(attributes, "val") {
		case "0", "false", "off", "none":
			on = -1
		}
		if m.style != "" && on > 0 {
			m.capital[m.style] = true
		}
		m.around("r", on)
	case "rStyle":
		if m.capital[valueOf(attributes, "val")] {
			m.around("r", 1)
		}
	case "pStyle":
		if m.capital[valueOf(attributes, "val")] {
			m.around("p", 1)
		}
	case "rPr", "defRPr":
		switch valueOf(attributes, "cap") {
		case "all", "small":
			if !m.around("r", 1) {
				m.around("p", 1)
			}
		}
	case "basedOn":
		m.parent[m.style] = valueOf(attributes, "val")
	case "style":
		if m.style = valueOf(attributes, "styleId"); m.style == "" {
			m.style = valueOf(attributes, "name")
			m.parent[m.style] = valueOf(attributes, "parent-style-name")
		}
		e.name = "style"
	case "text-properties":
		if valueOf(attributes, "text-transform") == "uppercase" || valueOf(attributes, "font-variant") == "small-caps" {
			m.capital[m.style] = true
		}
	}
	if len(attributes) == 0 {
		return
	}
	if m.page {
		if css := valueOf(attributes, "style"); strings.Contains(css, "uppercase") || strings.Contains(css, "small-caps") {
			e.capital = 1
		}
		for _, class := range strings.Fields(valueOf(attributes, "class")) {
			if m.capital["."+class] {
				e.capital = 1
			}
		}
	} else if name := valueOf(attributes, "style-name"); name != "" && (m.capital[name] || m.capital[m.parent[name]]) {
		e.capital = 1
	}
}

// around sets capitals for the nearest run or paragraph; a mark of a paragraph's end (a run property within its
// properties) says nothing of its letters.
func (m *markup) around(name string, on int8) bool {
	for i := len(m.open) - 1; i >= 0; i-- {
		switch m.open[i].name {
		case name:
			m.open[i].capital = on
			return true
		case "pPr":
			if name == "r" {
				return false
			}
		case "p":
			return false
		}
	}
	return false
}

var cssCapitals = pattern.Of(`(?is)\.([\w-]+)[^{}]*\{[^{}]*(?:uppercase|small-caps)`)

func (m *markup) styleSheet() error {
	var sheet bytes.Buffer
	for sheet.Len() < mostTag {
		piece, err := m.in.ReadSlice('<')
		sheet.Write(piece)
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		if head, _ := m.in.Peek(6); err == nil && bytes.EqualFold(head, []byte("/style")) {
			break
		}
	}
	for _, found := range cssCapitals().FindAllSubmatch(sheet.Bytes(), 1000) {
		m.capital["."+string(found[1])] = true
	}
	return m.skipTo(">", false)
}

// valueOf gives one attribute by its local name.
func valueOf(all []byte, local string) string {
	for i := 0; ; {
		at := bytes.Index(all[i:], []byte(local))
		if at < 0 {
			return ""
		}
		at += i
		i = at + len(local)
		if at > 0 && strings.IndexByte(" \t\r\n:", all[at-1]) < 0 {
			continue
		}
		rest := bytes.TrimLeft(all[i:], " \t\r\n")
		if len(rest) < 2 || rest[0] != '=' {
			continue
		}
		rest = bytes.TrimLeft(rest[1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			continue
		}
		if end := bytes.IndexByte(rest[1:], rest[0]); end >= 0 {
			return string(rest[1 : 1+end])
		}
		return ""
	}
}
