package headroom.dsl.build;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Vocabulary;
import headroom.dsl.script.Word;
import headroom.plan.site.GridSpec;
import headroom.plan.site.HardwarePool;
import headroom.plan.site.SiteSpec;
import headroom.units.Quantity;
import headroom.units.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words of a {@code site} block: what it holds, and what power and cooling cost. */
public final class SiteWords implements Vocabulary {
    private final Pass pass;
    private @Nullable String region;
    private @Nullable String jurisdiction;
    private final List<HardwarePool> pools = new ArrayList<>();
    private final List<Integer> poolPlaces = new ArrayList<>();
    private GridSpec grid = new GridSpec(null, null);
    private double pue = 1;

    SiteWords(Pass pass) {
        this.pass = pass;
    }

    @Word(doc = "where it is, in your words", example = "region 'eu-central'")
    public void region(String name) {
        region = name;
    }

    @Word(doc = "whose law applies", example = "jurisdiction 'EU'")
    public void jurisdiction(String name) {
        jurisdiction = name;
    }

    @Word(
            doc = "devices held here, and what one costs an hour, used or not",
            example = "hardware 'a100-sxm4-80gb', count: 8, rent: 1.80.usd/hour",
            repeats = true)
    public void hardware(
            String name,
            @Arg(named = true, like = "8") int count,
            @Arg(named = true, like = "1.80.usd/hour", otherwise = "") @Nullable Quantity rent) {
        String canonical = pass.device(name, 0).name();
        if (pools.stream().anyMatch(pool -> pool.accelerator().equals(canonical))) {
            throw new Mistake("this site already holds " + canonical, "add the counts up in one line", 0);
        }
        poolPlaces.add(pass.guard().place());
        pools.add(new HardwarePool(canonical, count, rent == null ? null : rent.in(Units.USD_PER_HOUR)));
    }

    @Word(
            doc = "what electricity costs, and how much CO2 it stands for; what is left out stays empty",
            example = "electricity price: 0.21.usd/kWh, carbon: 370.gCO2/kWh")
    public void electricity(
            @Arg(named = true, like = "0.21.usd/kWh", otherwise = "") @Nullable Quantity price,
            @Arg(named = true, like = "370.gCO2/kWh", otherwise = "") @Nullable Quantity carbon) {
        if (price == null && carbon == null) {
            throw new Mistake(
                    "electricity needs price: or carbon:", "write, for example, electricity price: 0.21.usd/kWh");
        }
        grid = new GridSpec(
                price == null ? null : price.in(Units.USD_PER_KWH),
                carbon == null ? null : carbon.in(Units.GCO2_PER_KWH));
    }

    @Word(
            doc = "how heat leaves; without it only the servers' own energy counts (PUE 1)",
            example = "cooling air(pue: 1.35)")
    public void cooling(@Arg(like = "air(pue: 1.35)") Cooling way) {
        pue = way.pue();
    }

    void tellOrigins(String path, Frame frame) {
        Origins origins = pass.origins();
        origins.said(path, pass.guard().place());
        origins.said(path + ".region", frame, "region");
        origins.said(path + ".jurisdiction", frame, "jurisdiction");
        origins.said(path + ".grid", frame, "electricity");
        origins.said(path + ".pue", frame, "cooling");
        for (int i = 0; i < poolPlaces.size(); i++) {
            origins.said(path + ".pools[" + i + "]", poolPlaces.get(i));
        }
    }

    SiteSpec spec(String name) {
        return new SiteSpec(name, region, jurisdiction, pools, grid, pue);
    }
}
