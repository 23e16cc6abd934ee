package web

// allRoutes lists the rooms that have pages, in the order of the menu.
func (s *site) allRoutes() {
	s.siteRoutes()
	s.deskRoutes()
	s.reportRoutes()
	s.consolidationRoutes()
	s.briefingRoutes()
	s.taskRoutes()
	s.paperRoutes()
	s.lineageRoutes()
	s.regimeRoutes()
	s.orgRoutes()
	s.libraryRoutes()
	s.journalRoutes()
	s.peopleRoutes()
	s.accessRoutes()
}
