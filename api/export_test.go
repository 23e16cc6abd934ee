package api

import "giaoban/access"

// Acts tells of every declared operation what opens it.
func Acts() map[string][]access.Act {
	all := make(map[string][]access.Act)
	for _, room := range rooms {
		for _, op := range room {
			all[op.id] = op.acts
		}
	}
	return all
}
