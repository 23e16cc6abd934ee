package desk

import "giaoban/access"

// Silence takes a role's desk away until the function it gives is called.
func Silence(role access.Role) (speak func()) {
	was := desks[role]
	delete(desks, role)
	return func() { desks[role] = was }
}
