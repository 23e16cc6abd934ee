package officialtest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// Paragraph is one paragraph of a Word file that the program wrote.
type Paragraph struct {
	Text      string   // with the number that a word processor prints before it
	Style     string   // id of its style
	Bookmarks []string // names of the bookmarks that begin in it
	InTable   bool

	list *listed
}

// Paragraphs gives the paragraphs of a Word file that the program wrote, in reading order, tables cell by cell, without heads
// and feet. It is apart from the reader of other people's files, so that the writer is held to what stands in its bytes.
func Paragraphs(file []byte) ([]Paragraph, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lists, err := listsOf(z)
	if err != nil {
		return nil, err
	}
	return paragraphsOf(f, lists)
}

func paragraphsOf(r io.Reader, lists *lists) (all []Paragraph, err error) {
	var open []*Paragraph // a text box stands inside a paragraph
	var names []string
	tables := 0
	d := xml.NewDecoder(r)
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			names = append(names, t.Name.Local)
			switch t.Name.Local {
			case "tbl":
				tables++
			case "p":
				open = append(open, &Paragraph{InTable: tables > 0})
			}
			if len(open) > 0 {
				open[len(open)-1].take(t, names)
			}
		case xml.CharData:
			if len(open) > 0 && names[len(names)-1] == "t" {
				open[len(open)-1].Text += string(t)
			}
		case xml.EndElement:
			names = names[:len(names)-1]
			switch t.Name.Local {
			case "tbl":
				tables--
			case "p":
				last := open[len(open)-1]
				last.Text = lists.next(last.Style, last.list) + strings.ReplaceAll(last.Text, "\u00a0", " ")
				all, open = append(all, *last), open[:len(open)-1]
			}
		}
	}
}

// take notes what an element says of the paragraph it stands in.
func (p *Paragraph) take(t xml.StartElement, names []string) {
	said := func(name string) string {
		for _, a := range t.Attr {
			if a.Name.Local == name {
				return a.Value
			}
		}
		return ""
	}
	switch t.Name.Local {
	case "pStyle":
		p.Style = said("val")
	case "numPr":
		p.list = &listed{}
	case "ilvl":
		p.list.Level.Val, _ = strconv.Atoi(said("val"))
	case "numId":
		p.list.List.Val = said("val")
	case "bookmarkStart":
		p.Bookmarks = append(p.Bookmarks, said("name"))
	case "br", "cr":
		p.Text += "\n"
	case "tab":
		if names[len(names)-2] != "tabs" {
			p.Text += "\t"
		}
	case "noBreakHyphen":
		p.Text += "-"
	}
}
