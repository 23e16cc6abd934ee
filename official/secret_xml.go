package official

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"html"
	"io"
	"strings"
	"unicode/utf16"

	"giaoban/internal/pattern"
)

// markup reads the words of an XML or HTML text as an eye sees them: one line for each paragraph, cell, title or
// attribute, letters shown as capitals in capitals. It is no judge of the form; it reads in one pass with flat memory,
// because the usual reader of XML takes seconds for what a file of ten megabytes unpacks to.
type markup struct {
	*look
	in      *bufio.Reader
	page    bool // HTML: its elements need no end
	shown   bool // the text counts as text of the paper
	capital map[string]bool
	parent  map[string]string // style → the one it is based on
	style   string            // being declared
	open    []element
	tag     []byte
	out     []byte
	begun   bool // something stands on the present line
}

// element is one that is open, with what it has from those around it.
type element struct {
	name       string // one of the names below that matter; "" for the others
	capital    int8   // 1 on, -1 off, 0 not said
	cell       bool
	header     bool // of a page of a workbook
	properties bool // how letters look
}

// cellMark begins a line that was a cell: there "Mật" is honey.
const cellMark = "\x1f"

func (l *look) markup(r io.Reader, page, shown bool, capital map[string]bool) error {
	m := &markup{look: l, in: bufio.NewReaderSize(l.metered(r), 64<<10), page: page, shown: shown, capital: capital, parent: make(map[string]string)}
	if head, _ := m.in.Peek(2); len(head) == 2 && (head[0] >= 0xfe && head[1] >= 0xfe || head[0] == 0 || head[1] == 0) {
		raw, err := io.ReadAll(m.in)
		if err != nil {
			return err
		}
		m.in.Reset(strings.NewReader(unwide(raw)))
	}
	err := m.read()
	if err == io.EOF {
		err = nil
	}
	m.flush(0)
	for style, from := range m.parent {
		for n := 0; n < 20 && from != "" && !m.capital[style]; n++ {
			if m.capital[from] {
				m.capital[style] = true
			}
			from = m.parent[from]
		}
	}
	return err
}

func unwide(raw []byte) string {
	var order binary.ByteOrder = binary.LittleEndian
	if raw[0] == 0 || raw[0] == 0xfe {
		order = binary.BigEndian
	}
	return strings.TrimPrefix(wide(raw, order), "\ufeff")
}

func (m *markup) read() error {
	for {
		text, err := m.in.ReadSlice('<')
		full := errors.Is(err, bufio.ErrBufferFull)
		if err != nil && !full {
			m.write(text)
			return err
		}
		if full {
			m.write(text)
			continue
		}
		m.write(text[:len(text)-1])
		if err := m.readTag(); err != nil {
			return err
		}
	}
}

func (m *markup) readTag() error {
	head, _ := m.in.Peek(8)
	switch {
	case bytes.HasPrefix(head, []byte("!--")):
		return m.skipTo("-->", false)
	case bytes.HasPrefix(head, []byte("![CDATA[")):
		m.in.Discard(8)
		return m.skipTo("]]>", true)
	case bytes.HasPrefix(head, []byte("?")):
		return m.skipTo("?>", false)
	case bytes.HasPrefix(head, []byte("!")) && !m.page:
		return errBroken // it declares entities, which no paper needs
	}
	m.tag = m.tag[:0]
	// Nearly every tag lies in the buffer, with its quotes in pairs.
	piece, err := m.in.ReadSlice('>')
	if err == nil && bytes.Count(piece, []byte{'"'})%2 == 0 && bytes.IndexByte(piece, '\'') < 0 {
		return m.element(piece[:len(piece)-1])
	}
	if m.tag = append(m.tag, piece...); err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		return err
	}
	return m.longTag()
}

// longTag reads on where a tag is long or has a bracket in its quotes.
func (m *markup) longTag() error {
	quote := byte(0)
	for i, c := range m.tag {
		switch {
		case quote == 0 && c == '>':
			return m.element(m.tag[:i])
		case quote == c:
			quote = 0
		case quote == 0 && (c == '"' || c == '\'') && m.tag[0] != '/':
			quote = c
		}
	}
	for {
		c, err := m.in.ReadByte()
		if err != nil {
			return err
		}
		switch {
		case quote == 0 && c == '>':
			return m.element(m.tag)
		case quote == c:
			quote = 0
		case quote == 0 && (c == '"' || c == '\'') && len(m.tag) > 0 && m.tag[0] != '/':
			quote = c
		}
		if m.tag = append(m.tag, c); len(m.tag) > mostTag {
			return errTooLarge
		}
	}
}

func (m *markup) skipTo(end string, text bool) error {
	last := end[len(end)-1]
	var tail []byte
	for {
		piece, err := m.in.ReadSlice(last)
		tail = append(tail[max(0, len(tail)-2):], piece...)
		if text {
			m.write(bytes.TrimSuffix(piece, []byte(end)))
		}
		if bytes.HasSuffix(tail, []byte(end)) {
			return nil
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// element takes one tag.
func (m *markup) element(tag []byte) error {
	closing := len(tag) > 0 && tag[0] == '/'
	single := len(tag) > 0 && tag[len(tag)-1] == '/'
	raw := bytes.TrimRight(bytes.TrimPrefix(tag, []byte("/")), "/")
	end := bytes.IndexAny(raw, " \t\r\n")
	if end < 0 {
		end = len(raw)
	}
	local := raw[:end]
	if i := bytes.LastIndexByte(local, ':'); i >= 0 {
		local = local[i+1:]
	}
	name := known(local, m.page)
	attributes := raw[end:]
	if !closing {
		m.attributes(attributes)
	}
	inside := m.properties()
	switch {
	case inside || name == "rPr" || name == "pPr": // how letters look, not what they say
	case name == "tab" && !closing:
		m.put("\t")
	case name == "s" && !closing && !m.page:
		m.put(" ")
	case name == "inline" || name == "r" || name == "span" || name == "s" || name == "tab":
	default:
		m.line()
	}
	if closing {
		m.close(name)
		return nil
	}
	if m.page && name == "style" {
		return m.styleSheet()
	}
	if m.page && name == "script" {
		return m.skipTo("</script>", false)
	}
	e := element{name: name, cell: name == "cell", header: name == "header", properties: name == "rPr" || name == "pPr"}
	if n := len(m.open); n > 0 {
		around := m.open[n-1]
		e.cell, e.header, e.properties = e.cell || around.cell, e.header || around.header, e.properties || around.properties
		e.capital = around.capital
	}
	m.looksCapital(&e, local, attributes)
	if single || m.page && void(local) {
		return nil
	}
	if len(m.open) >= maxDepth {
		if m.page {
			return nil
		}
		return errTooLarge
	}
	m.open = append(m.open, e)
	return nil
}

func (m *markup) close(name string) {
	n := len(m.open)
	if m.page { // what was left open ends with what is around it
		for n > 0 && m.open[n-1].name != name {
			n--
		}
		if n > 0 {
			m.open = m.open[:n-1]
		}
		return
	}
	if n > 0 {
		m.open = m.open[:n-1]
	}
}

// properties tells whether what is read says how letters look.
func (m *markup) properties() bool { return len(m.open) > 0 && m.open[len(m.open)-1].properties }

// known gives the names that matter one spelling.
func known(local []byte, page bool) string {
	if page {
		local = bytes.ToLower(local)
	}
	switch string(local) {
	case "p", "h":
		return "p"
	case "r":
		return "r"
	case "rPr", "defRPr":
		return "rPr"
	case "pPr":
		return "pPr"
	case "span", "a", "b", "i", "u", "em", "strong", "font", "small", "big", "mark", "sub", "sup":
		return "span"
	case "s":
		return "s"
	case "tab":
		return "tab"
	case "td", "th", "tc", "si", "is", "table-cell", "c":
		return "cell"
	case "style":
		return "style"
	case "script":
		return "script"
	case "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter":
		return "header"
	case "t", "delText", "instrText", "hyperlink", "ins", "del", "smartTag", "fldSimple", "fld", "proofErr", "bookmarkStart", "bookmarkEnd", "bookmark",
		"sdt", "sdtContent", "lastRenderedPageBreak", "noBreakHyphen", "softHyphen", "commentRangeStart", "commentRangeEnd", "commentReference",
		"footnoteReference", "endnoteReference", "ruby", "rt", "rubyBase", "soft-page-break", "bookmark-start", "bookmark-end", "wbr", "abbr", "bdo":
		return "inline"
	}
	return ""
}

func void(local []byte) bool {
	switch string(bytes.ToLower(local)) {
	case "br", "img", "meta", "link", "hr", "input", "col", "base", "area", "wbr", "!doctype":
		return true
	}
	return false
}

var attributeValue = pattern.Of(`=\s*(?:"([^"]*)"|'([^']*)')`)

// attributes looks at what people write into attributes: watermarks, names of sheets, descriptions of pictures.
func (m *markup) attributes(all []byte) {
	if _, _, found := markAt(all, 0); !found && bytes.IndexByte(all, '&') < 0 {
		return
	}
	for _, v := range attributeValue().FindAllSubmatch(all, 200) {
		value := html.UnescapeString(string(v[1]) + string(v[2]))
		if _, _, found := markAt(value, 0); found {
			m.text(cellMark + value)
		}
	}
}

// write takes letters as they stand in the file.
func (m *markup) write(raw []byte) {
	if len(raw) == 0 || !m.begun && len(bytes.TrimSpace(raw)) == 0 || m.properties() {
		return
	}
	if m.shown {
		m.count(raw)
	}
	if bytes.IndexByte(raw, '&') >= 0 {
		raw = []byte(html.UnescapeString(string(raw)))
	}
	if n := len(m.open); n > 0 {
		if m.open[n-1].header {
			raw = headerCode().ReplaceAll(raw, []byte("\n"))
		}
		if m.open[n-1].capital > 0 {
			raw = bytes.ToUpper(raw)
		}
	}
	if m.page {
		raw = bytes.ReplaceAll(raw, []byte("\n"), []byte(" "))
	}
	m.put(string(raw))
}

func (m *markup) put(s string) {
	if !m.begun {
		if n := len(m.open); n > 0 && m.open[n-1].cell {
			m.out = append(m.out, cellMark...)
		}
		m.begun = true
	}
	if m.out = append(m.out, s...); len(m.out) > mostGather {
		m.flush(4 * widestLine)
	}
}

func (m *markup) line() {
	if m.begun {
		m.out = append(m.out, '\n')
		m.begun = false
	}
}

// flush looks at what was gathered; keep bytes of it go before what follows.
func (m *markup) flush(keep int) {
	m.text(string(m.out))
	m.out = append(m.out[:0], m.out[max(0, len(m.out)-keep):]...)
	if keep == 0 {
		m.out = m.out[:0]
	}
}

// headerCode is a formatting code of a page header in Excel: &C, &"Times,Bold", &14.
var headerCode = pattern.Of(`&(?:"[^"]*"|\d+|K[0-9A-F]{6}|[A-Za-z])`)

func wide(raw []byte, order binary.ByteOrder) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, order.Uint16(raw[i:]))
	}
	return string(utf16.Decode(units))
}
