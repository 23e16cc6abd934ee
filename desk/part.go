package desk

import (
	"cmp"
	"fmt"
	"slices"

	"giaoban/calendar"
)

// old is after how many working days a delay is gathered with its like: whatever has waited for a month is no news, and a
// desk of two thousand lines is none.
const old = 20

// fortnight is how far a desk looks ahead.
const fortnight = 14

// Filter narrows a desk; the zero Filter leaves it whole.
type Filter struct {
	Whose string // "mine" or "all": mine, or what is left to all
	Room  string
	When  string // "late", or "ahead" for what is due within fourteen days
}

// Only gives the lines that a filter leaves.
func (d Desk) Only(f Filter) Desk {
	leave := func(items []Item, side bool) []Item {
		return slices.DeleteFunc(slices.Clone(items), func(i Item) bool {
			return side && (f.Whose == "mine" && !i.Mine || f.Whose == "all" && i.Mine) || f.Room != "" && i.Room != f.Room ||
				f.When == "late" && !i.Past || f.When == "ahead" && (i.Due.IsZero() || i.Past || i.Due.After(d.Day.AddDays(fortnight)))
		})
	}
	d.Items, d.Waiting = leave(d.Items, true), leave(d.Waiting, false)
	return d
}

// Rooms are the rooms that lines come from, for who narrows by them.
func (d Desk) Rooms() (rooms []string) {
	for _, i := range slices.Concat(d.Items, d.Waiting) {
		if !slices.Contains(rooms, i.Room) {
			rooms = append(rooms, i.Room)
		}
	}
	slices.Sort(rooms)
	return rooms
}

// Part is one side of a desk, mine or the body's, in the order in which it is done.
type Part struct {
	Now   []Item // what others wait for first; then what has no other day, is due within three days or late
	Ahead []Item // due within fourteen days
	Later []Item
	Old   []Gathered
}

// Gathered is one line for all that is long past of one kind.
type Gathered struct {
	Item
	Under []Item // what stands behind it; none when it is one line anyway
}

// Part gives one side.
func (d Desk) Part(mine bool) (p Part) {
	var heaps []string
	gathered := make(map[string][]Item)
	for _, i := range d.Items {
		switch {
		case i.Mine != mine:
		case i.Heap != "" && i.Late > old:
			if gathered[i.Heap] == nil {
				heaps = append(heaps, i.Heap)
			}
			gathered[i.Heap] = append(gathered[i.Heap], i)
		case i.Awaited || i.Due.IsZero() || i.Past || i.Soon:
			p.Now = append(p.Now, i)
		case !i.Due.After(d.Day.AddDays(fortnight)):
			p.Ahead = append(p.Ahead, i)
		default:
			p.Later = append(p.Later, i)
		}
	}
	slices.SortStableFunc(p.Now, func(a, b Item) int { return cmp.Compare(rank(a), rank(b)) })
	for _, heap := range heaps {
		p.Old = append(p.Old, gather(heap, gathered[heap]))
	}
	return p
}

func rank(i Item) int {
	if i.Awaited {
		return 0
	}
	return 1
}

// gather makes one line of those that are long past; they come with the oldest first.
func gather(heap string, items []Item) Gathered {
	if len(items) == 1 {
		return Gathered{Item: items[0]}
	}
	n := 0
	for _, i := range items {
		n += i.Count
	}
	g := Gathered{Item: items[0], Under: items}
	g.Title, g.Count, g.Holds, g.Action, g.To, g.Nil = heap, n, 0, "", Target{}, Target{}
	g.Why = fmt.Sprintf("%d việc quá hạn từ lâu, lâu nhất %s (hạn %s).", n, calendar.WorkingDays(items[0].Late), items[0].Due.Vietnamese())
	g.Note = ""
	return g
}

// Says reports whether the desk tells its reader anything: a line, why none comes yet, or what would come.
func (d Desk) Says() bool {
	return len(d.Items)+len(d.Waiting)+len(d.Reading) > 0 || d.Beginning != "" || d.Quiet != ""
}
