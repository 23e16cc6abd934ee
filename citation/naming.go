package citation

// naming is how far a body's name has been followed, and what its last piece allows next.
type naming struct {
	*reader
	head   int  // what the piece that begins the name may do
	begun  int  // token beyond that piece
	last   int  // what the last piece may do
	within int  // what the innermost body's head may do
	shout  bool // the name is written in capitals, which tell nothing then
	joins  bool // commas, dashes and "và" may join fields
	places bool // a level has been named: tỉnh, xã
	named  int  // words of a place's or an unknown name taken in a row
}

// wholePlace is more words than a place's name has: nothing of it may follow.
const wholePlace = 5

// restOfName follows a name from token from on, whose head ends before token j.
func (r *reader) restOfName(from, j, class int, shout bool) int {
	n := &naming{reader: r, head: class, begun: j, last: class, within: class, shout: shout, joins: class&joins != 0, places: class&place != 0}
	for j-from < longestName {
		next := n.follow(j)
		if next <= j {
			break
		}
		j = next
	}
	return j
}

// follow takes the next piece at token j and gives the token beyond it, j when the name is at its end.
func (n *naming) follow(j int) int {
	t := n.at(j)
	if t.gap >= paragraph || n.shout && t.gap >= line && n.word(j).mixed {
		return j
	}
	if t.kind != wordKind || n.is(j, wVa) {
		next, ok := n.joined(j, n.joins, n.last, n.named)
		if !ok {
			return j
		}
		if n.last = part | n.last&opens; t.kind == wordKind {
			n.last = part
		}
		return next
	}
	t = n.word(j)
	value, end := names.match(n.reader, j)
	fits := n.fits(t, value)
	whole := n.last&ends != 0 && n.last&opens == 0
	switch {
	case fits && whole && !afterAll[t.id]:
		return j
	case fits && t.first && value&opens == 0 && n.last&joins == 0 && n.kindTo(j) >= end:
		return j // the next document: "của Chính phủ Quyết định …"
	case t.letters == 1 && n.at(j+1).kind == slashKind:
		return j // "V/v"
	}
	if _, beyond := provinces.match(n.reader, j); beyond > 0 && t.first && n.named == 0 && n.last&(place|opens|joins|part) != 0 && !whole {
		n.named, n.last = wholePlace, part
		return beyond
	}
	switch {
	case !fits && n.head&serves != 0 && j == n.begun && t.mixed && (!t.first || n.kindBegins(j)):
		end, ok := n.purpose(j)
		if !ok {
			return j
		}
		n.last, n.places, n.named = part, true, 0
		return end
	case t.first && familyNames[t.id] && !people[n.word(j-1).id]:
		return j // a person
	case fits:
		return n.piece(j, end, value)
	case stops[t.id] && !t.first, whole:
		return j
	case n.unknown(j):
		return n.unknownWord(j)
	}
	return j
}

// fits reports whether a piece that the table knows may stand here.
func (n *naming) fits(t *token, value int) bool {
	if value&part == 0 { // another head
		return value&head != 0 && n.last&opens != 0 && t.first && n.last&ends == 0
	}
	return t.first || value&soft != 0 || n.within&finely != 0 && n.last&part != 0 && !stops[t.id] && !verbs[t.id]
}

// piece takes a piece that the table knows.
func (n *naming) piece(j, end, value int) int {
	t := n.word(j)
	if n.named > 0 && value&(place|opens|soft) == 0 {
		return j
	}
	if end == j+1 && t.mixed && t.first && value&soft == 0 && !n.shout && t.id != wDang && n.secondSyllable(end) && !verbs[n.word(end).id] {
		end++ // Cục Phòng bệnh
	}
	n.joins = n.joins || value&joins != 0
	n.shout = n.shout || !t.mixed && t.letters > 1 && !acronym(n.reader, j, end)
	n.places = n.places || value&place != 0
	if value&head != 0 && t.first && value&part == 0 {
		n.within = value
	}
	n.last = value
	return end
}

// unknown reports whether a word that the table does not know may stand here: by its capital, or among capitals as part
// of a place's name or of an abbreviation.
func (n *naming) unknown(j int) bool {
	t := n.word(j)
	if !n.shout {
		return t.first
	}
	next := n.at(j + 1)
	return !stops[t.id] && (n.places && n.named < wholePlace-1 || n.joins && next.gap == none && (next.kind == dashKind || next.kind == ampKind))
}

// unknownWord takes a word that the table does not know, with its second syllable.
func (n *naming) unknownWord(j int) int {
	if n.kindBegins(j) {
		return j
	}
	if n.places && n.last&place != 0 {
		n.named = 0
	}
	if n.named++; n.named > wholePlace {
		return j
	}
	n.last &= joins | opens | part
	if !n.shout && !n.places && n.word(j).mixed && n.secondSyllable(j+1) {
		return j + 2
	}
	return j + 1
}

// secondSyllable reports whether token i, written small, goes on with the word before it.
func (n *naming) secondSyllable(i int) bool {
	t := n.word(i)
	v, _ := names.match(n.reader, i)
	return t.kind == wordKind && t.gap <= line && !t.first && !stops[t.id] && t.id != wVa && v == 0
}

// kindTo gives the token beyond the name of a kind of document that begins at token j, 0 when none does.
func (n *naming) kindTo(j int) int {
	_, end := types.match(n.reader, j)
	return end
}
