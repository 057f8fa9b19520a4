package io.hilum.trainer.train;

import io.hilum.trainer.recipe.RecipeKey;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives a command one option for each key of a recipe. */
public final class RecipeOptions implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
        for (RecipeKey key : RecipeKey.values()) {
            if (key.option().isEmpty()) {
                continue;
            }
            String without = key.standard().isEmpty() ? "" : "; without recipe " + key.standard();
            String text = "%s (%s%s)".formatted(key.meaning(), key.allowed(), without).replace("%", "%%");
            var option = OptionSpec.builder(key.option()).type(String.class).paramLabel(key.yesNo() ? "true|false" : "VALUE").description(text);
            if (key.yesNo()) {
                option.arity("0..1").fallbackValue("true");
            }
            spec.addOption(option.build());
        }
        return spec;
    }

    /** What the command line said, by key. */
    static Map<RecipeKey, String> given(CommandSpec spec) {
        var out = new EnumMap<RecipeKey, String>(RecipeKey.class);
        for (RecipeKey key : RecipeKey.values()) {
            String value = key.option().isEmpty() ? null : spec.findOption(key.option()).getValue();
            if (value != null) {
                out.put(key, value);
            }
        }
        return out;
    }
}
