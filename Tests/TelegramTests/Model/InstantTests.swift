import Telegram
import Testing

struct InstantTests {
    @Test(arguments: [
        (2009, 3, 17, 8, 42, 1_237_279_320), (1970, 1, 1, 0, 0, 0), (2000, 2, 29, 23, 59, 951_868_740),
        (1975, 4, 22, 13, 5, 167_403_900),
    ])
    func countsSeconds(year: Int, month: Int, day: Int, hour: Int, minute: Int, seconds: Int64) throws {
        let instant = try #require(Instant(year: year, month: month, day: day, hour: hour, minute: minute))
        #expect(instant.seconds == seconds)
        let calendar = instant.calendar
        #expect(calendar.year == year && calendar.month == month && calendar.day == day)
        #expect(calendar.hour == hour && calendar.minute == minute)
    }

    @Test(arguments: [(2009, 6, 31), (2009, 2, 29), (1900, 2, 29), (2009, 13, 1), (2009, 1, 0), (99, 1, 1)])
    func refusesDatesThatAreNone(year: Int, month: Int, day: Int) {
        #expect(Instant(year: year, month: month, day: day) == nil)
    }
}
