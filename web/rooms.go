package web

// The words of the menu, as the office names its work: at most six, or they do not fit in one row.
const (
	deskGroup   = "Bàn làm việc"
	reportGroup = "Báo cáo"
	workGroup   = "Nhiệm vụ, hội nghị"
	paperGroup  = "Văn bản, tư liệu"
	officeGroup = "Cơ quan, hệ thống"
)

// rooms are the rooms that have pages, in the order of the menu.
var rooms = []room{
	deskRoom,
	reportRoom, consolidationRoom, regimeRoom, upwardRoom, kitsRoom,
	taskRoom, briefingRoom, levelRoom, programmeRoom, workplanRoom,
	paperRoom, incomingRoom, directiveRoom, reviewRoom, appraisalRoom, archiveRoom,
	orgRoom, holidayRoom, successionRoom, listsRoom, chargeRoom, standInRoom, signatureRoom, journalRoom, peopleRoom,
	siteRoom, libraryRoom, lineageRoom, accessRoom,
}
