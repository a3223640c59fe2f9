package headroom.dsl.build;

import headroom.dsl.script.Arg;
import headroom.dsl.script.Frame;
import headroom.dsl.script.Mistake;
import headroom.dsl.script.Nearest;
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
    private final String path;
    private @Nullable Placed<SiteSpec> base;
    private int baseSlot;
    private @Nullable String region;
    private @Nullable String jurisdiction;
    private final List<HardwarePool> pools = new ArrayList<>();
    private final List<Integer> poolPlaces = new ArrayList<>();
    private @Nullable Double usdPerKwh;
    private @Nullable Double gramsPerKwh;
    private double pue = 1;

    /**
     * @param slot of the site in the plan
     */
    SiteWords(Pass pass, int slot) {
        this.pass = pass;
        this.path = "sites[" + slot + "]";
    }

    @Word(
            doc =
                    "a site above, whose values it takes: each line here replaces one, hardware the line of the same device",
            example = "basedOn 'frankfurt'")
    public void basedOn(@Arg(doc = "the name of a site above") String site) {
        List<Placed<SiteSpec>> sites = pass.sites();
        List<Placed<SiteSpec>> above = sites.subList(0, sites.size() - 1);
        for (int i = 0; i < above.size(); i++) {
            if (above.get(i).name().equals(site)) {
                base = above.get(i);
                baseSlot = i;
                return;
            }
        }
        List<String> names = above.stream().map(Placed::name).toList();
        String near = Nearest.remedy(site, names);
        String all = names.isEmpty()
                ? "declare the site that others are based on first"
                : "there is " + String.join(", ", names);
        throw new Mistake("there is no site '" + site + "' above", near.isEmpty() ? all : near, 0);
    }

    @Word(doc = "where it is, in your words", example = "region 'eu-central'")
    public void region(@Arg(doc = "any text; shown in reports") String name) {
        region = name;
    }

    @Word(doc = "whose law applies", example = "jurisdiction 'EU'")
    public void jurisdiction(@Arg(doc = "any text; shown in reports") String name) {
        jurisdiction = name;
    }

    @Word(
            doc = "devices held here, and what one costs an hour, used or not",
            example = "hardware 'a100-sxm4-80gb', count: 8, rent: 1.80.usd/hour",
            repeats = true)
    public void hardware(
            @Arg(doc = "a device of the catalogue, or one declared above") String name,
            @Arg(doc = "how many; all are paid for, used or not", named = true, like = "8") int count,
            @Arg(
                            doc = "what one costs an hour",
                            named = true,
                            like = "1.80.usd/hour",
                            unsaid = "costs of this site stay unknown")
                    @Nullable
                    Quantity rent) {
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
            @Arg(doc = "what electricity costs", named = true, like = "0.21.usd/kWh", unsaid = "its cost stays unknown")
                    @Nullable
                    Quantity price,
            @Arg(doc = "CO2 that comes with it", named = true, like = "370.gCO2/kWh", unsaid = "carbon stays unknown")
                    @Nullable
                    Quantity carbon) {
        if (price == null && carbon == null) {
            throw new Mistake(
                    "electricity needs price: or carbon:", "write, for example, electricity price: 0.21.usd/kWh");
        }
        usdPerKwh = price == null ? null : price.in(Units.USD_PER_KWH);
        gramsPerKwh = carbon == null ? null : carbon.in(Units.GCO2_PER_KWH);
    }

    @Word(
            doc = "how heat leaves; at a PUE of 1 only the energy of the servers themselves counts",
            otherwise = "cooling air(pue: 1)",
            example = "cooling air(pue: 1.35)")
    public void cooling(@Arg(doc = "how heat leaves", like = "air(pue: 1.35)") Cooling way) {
        pue = way.pue();
    }

    void tellOrigins(Frame frame) {
        Origins origins = pass.origins();
        if (base != null) {
            origins.copy("sites[" + baseSlot + "]", path);
        } else {
            origins.said(path, pass.guard().place());
        }
        origins.said(path + ".name", pass.guard().place());
        tell(frame, ".region", "region");
        tell(frame, ".jurisdiction", "jurisdiction");
        tell(frame, ".pue", "cooling");
        if (usdPerKwh != null || base == null) {
            tell(frame, ".grid.usdPerKwh", "electricity");
        }
        if (gramsPerKwh != null || base == null) {
            tell(frame, ".grid.gCo2PerKwh", "electricity");
        }
        List<HardwarePool> all = allPools();
        for (int i = 0; i < pools.size(); i++) {
            origins.said(path + ".pools[" + all.indexOf(pools.get(i)) + "]", poolPlaces.get(i));
        }
    }

    /** Said by a word, or else the base's where there is one. */
    private void tell(Frame frame, String field, String word) {
        if (base == null || !frame.lacks(word)) {
            pass.origins().said(path + field, frame, word);
        }
    }

    /** Those of the base, each replaced by the line of the same device, then the others. */
    private List<HardwarePool> allPools() {
        SiteSpec from = base == null ? null : base.value();
        List<HardwarePool> all = new ArrayList<>(from == null ? List.of() : from.pools());
        for (HardwarePool pool : pools) {
            int same = 0;
            while (same < all.size() && !all.get(same).accelerator().equals(pool.accelerator())) {
                same++;
            }
            if (same < all.size()) {
                all.set(same, pool);
            } else {
                all.add(pool);
            }
        }
        return all;
    }

    /** The site; null when the one it is based on has mistakes. */
    @Nullable
    SiteSpec spec(String name, Frame frame) {
        if (base == null) {
            return new SiteSpec(name, region, jurisdiction, pools, new GridSpec(usdPerKwh, gramsPerKwh), pue);
        }
        SiteSpec from = base.value();
        if (from == null) {
            return null;
        }
        return new SiteSpec(
                name,
                region == null ? from.region() : region,
                jurisdiction == null ? from.jurisdiction() : jurisdiction,
                allPools(),
                new GridSpec(
                        usdPerKwh == null ? from.grid().usdPerKwh() : usdPerKwh,
                        gramsPerKwh == null ? from.grid().gCo2PerKwh() : gramsPerKwh),
                frame.lacks("cooling") ? from.pue() : pue);
    }
}
