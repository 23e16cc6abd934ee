package official

// All measures of a PDF under construction are pt, from the upper left corner of the sheet.

// slab is a level stretch of a page that is not parted: a line of text, a rule, a row of a table.
type slab struct {
	before, after float64 // room above and below; of two neighbours the larger one counts
	height        float64
	keep          bool // stays on the page of what follows
	newPage       bool // nothing but the end of a page
	paint         func(c *canvas, x, y float64)
	row           *row // of a table or a block of two columns, which may be torn
}

// flow fills pages with slabs.
type flow struct {
	c         *canvas
	x, y      float64
	top, foot float64
	turn      func() // begins the next page
	fresh     bool   // nothing of the text stands on the page yet
	after     float64
	table     *tableLayout // whose row was placed last
}

// put places slabs one below the other, on new pages where they do not fit.
func (f *flow) put(slabs []slab) {
	queue := append([]slab(nil), slabs...)
	for len(queue) > 0 {
		s := queue[0]
		if s.newPage {
			f.newPage(nil)
			queue = queue[1:]
			continue
		}
		room := f.foot - f.y - f.space(s)
		need := f.need(queue)
		fits := need <= f.foot-f.y
		switch {
		case s.height <= room && (fits || need > f.foot-f.top):
			f.place(s)
			queue = queue[1:]
		case s.row != nil && (s.row.tall && fits || f.fresh):
			first, rest, torn := s.row.tear(room, f.fresh)
			if torn {
				f.place(first)
				f.newPage(s.row.table)
				queue[0] = rest
			} else if f.fresh { // higher than a page and in one piece
				f.place(s)
				queue = queue[1:]
			} else {
				f.newPage(s.row.table)
			}
		case f.fresh:
			f.place(s)
			queue = queue[1:]
		case s.row != nil && s.row.body():
			f.newPage(s.row.table)
		default:
			f.newPage(nil)
		}
	}
}

// space is the room above a slab; none at the top of a page.
func (f *flow) space(s slab) float64 {
	if f.fresh {
		return 0
	}
	return max(f.after, s.before)
}

// need is the height down to the first slab that may be the last one of a page. Of a row that may be torn a few lines do.
func (f *flow) need(queue []slab) float64 {
	const few = 40
	total, after := 0.0, f.after
	for i, s := range queue {
		if i > 0 || !f.fresh {
			total += max(after, s.before)
		}
		if s.row != nil && s.row.tall {
			return total + min(s.height, few)
		}
		total += s.height
		if !s.keep || total > f.foot-f.top {
			break
		}
		after = s.after
	}
	return total
}

func (f *flow) place(s slab) {
	f.y += f.space(s)
	if s.paint != nil {
		s.paint(f.c, f.x, f.y)
	}
	f.y += s.height
	f.after, f.fresh, f.table = s.after, false, nil
	if s.row != nil {
		f.table = s.row.table
	}
}

// newPage goes on on the next page, below the head of the table that goes on there.
func (f *flow) newPage(t *tableLayout) {
	if f.table != nil {
		f.table.line(f.c, f.x, f.y)
	}
	f.turn()
	f.y, f.after, f.fresh, f.table = f.top, 0, true, nil
	if t == nil || t.headHeight > (f.foot-f.top)/2 {
		return
	}
	for _, head := range t.head {
		head.paint(f.c, f.x, f.y)
		f.y += head.height
	}
	t.line(f.c, f.x, f.y)
}

// paragraph lays out a text in a column of a width: its lines, and the rule below it.
func (w *pdfWriter) paragraph(l para, width float64, align Align) []slab {
	style := w.p.Parts[l.part]
	if align == "" {
		align = style.Align
	}
	left, right := points(l.indent), 0.0
	if style.Boxed { // as in Word the frame is drawn in to the words
		left = max(0, (points(w.p.LeftColumn)-textWidth(plain(l.runs), style.Size, style.Bold)-12)/2)
		right = left
	}
	room, indent := width-left-right, points(style.Indent)
	height, base := style.metrics()
	set := lines(w.set.paragraphLetters(l, style), room, indent)
	out := make([]slab, len(set))
	for i, one := range set {
		start, space := left, room
		if i == 0 {
			start, space = start+indent, space-indent
		}
		stretch := 0.0
		switch align {
		case Center:
			start += (space - one.wide) / 2
		case Right:
			start += space - one.wide
		case Justify:
			stretch = one.stretch(space)
		}
		// Two lines at least stand on either side of the end of a page.
		out[i] = slab{height: height, keep: i == 0 || i == len(set)-2, paint: func(c *canvas, x, y float64) {
			one.draw(c, x+start, y+base, style.Size, stretch)
		}}
	}
	last := len(out) - 1
	out[0].before, out[last].after, out[last].keep = style.Before, style.After, l.keep
	if l.gap > 0 {
		out[0].before = l.gap
	}
	if style.Boxed {
		frame(&out[0], float64(len(out))*height, left, room)
		out[0].before, out[last].after = out[0].before+boxSpace, out[last].after+boxSpace
	}
	if l.level > 0 || l.outline != "" || l.part == PartSignerName {
		w.remember(&out[0], l, left, room)
	}
	if l.rule > 0 {
		out[last].keep = true
		out = append(out, ruleBelow(l, width))
	}
	return out
}

// also adds to what is painted with a slab.
func (s *slab) also(more func(c *canvas, x, y float64)) {
	first := s.paint
	s.paint = func(c *canvas, x, y float64) {
		first(c, x, y)
		more(c, x, y)
	}
}

// boxSpace is what a frame stands off its text, with its own stroke.
const boxSpace = 2

func frame(s *slab, height, left, width float64) {
	s.also(func(c *canvas, x, y float64) { c.box(x+left, y-boxSpace/2, width, height+boxSpace, 1) })
}

// ruleBelow is the rule under a text as Word draws it: the top edge of a line of 2 pt.
func ruleBelow(l para, width float64) slab {
	const thick = 0.75
	return slab{before: 1.5, height: 2 + thick, keep: l.keep, paint: func(c *canvas, x, y float64) {
		from := x + (width-l.rule)/2
		c.stroke(from, y+thick/2, from+l.rule, y+thick/2, thick)
	}}
}

// gap is an empty stretch, as the lines of 2 pt that stand between tables in Word.
func (w *pdfWriter) gap(before float64, keep bool) slab {
	return slab{before: before, height: w.p.Parts[PartTight].LineExact, keep: keep}
}

// stacked gives the height of slabs in a cell, where the room above the first and below the last counts too.
func stacked(slabs []slab) (tops []float64, height float64) {
	after := 0.0
	for _, s := range slabs {
		height += max(after, s.before)
		tops = append(tops, height)
		height += s.height
		after = s.after
	}
	return tops, height + after
}
