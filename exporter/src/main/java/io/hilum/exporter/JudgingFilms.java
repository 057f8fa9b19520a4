package io.hilum.exporter;

import io.hilum.exporter.quantise.HeldOut;
import io.hilum.exporter.quantise.LabelledFilms;
import io.hilum.model.card.ModelCard;
import java.io.IOException;
import java.nio.file.Path;

/** The two sets that make and judge int8, opened and found to be apart. */
record JudgingFilms(LabelledFilms training, LabelledFilms heldOut) {

    /** @param model folder of the weights, which may tell what they were taught */
    static JudgingFilms open(ExportRequest.Int8Films films, ModelCard card, Path model, ExportProgress progress)
            throws ExportException, IOException {
        JudgingFilms sets = new JudgingFilms(LabelledFilms.open(films.training(), card), LabelledFilms.open(films.heldOut(), card));
        if (!HeldOut.isNoted(model)) {
            progress.say("Nobody noted beside the weights what they were taught: that " + films.heldOut() + " was held out is your word.");
        }
        HeldOut.require(sets.heldOut, sets.training, model);
        return sets;
    }
}
