package api

// allRooms lists the rooms that other programs can reach.
func (s *server) allRooms() {
	s.officeRooms()
	s.reportRoom()
	s.briefingRoom()
	s.paperRoom()
	s.taskRoom()
	s.directiveRoom()
}
