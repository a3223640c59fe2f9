package headroom.reports.tables;

import headroom.result.ClaimOutcome;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/** {@code tables/claims.csv}: what became of every {@code expect} of the script, in its order. */
public final class ClaimsTable {
    private ClaimsTable() {}

    /**
     * The table: the claim, its verdict (held, failed, skipped), the detail, the file and the line in it.
     *
     * @param script name of the script, which is the file of claims that do not stand in an included one
     */
    public static Table of(List<ClaimOutcome> claims, String script) {
        List<TableColumn<ClaimOutcome>> columns = List.of(
                TableColumn.text("claim", ClaimOutcome::text),
                TableColumn.text("verdict", claim -> claim.verdict().name().toLowerCase(Locale.ROOT)),
                TableColumn.text("detail", ClaimOutcome::detail),
                TableColumn.text("file", claim -> claim.file().isEmpty() ? script : claim.file()),
                TableColumn.number("line", ClaimOutcome::line));
        return TableColumn.table("claims", columns, claims);
    }
}
