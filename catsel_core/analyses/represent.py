"""From items to vectors: the steps that all kinds of analysis have in common."""

from dataclasses import dataclass

from catsel_core.analyses.derived import Derived
from catsel_core.analyses.precision import Deviation, cosine_deviation
from catsel_core.arrays import FloatArray
from catsel_core.hidden_states.extraction import Activations
from catsel_core.hidden_states.run import Run
from catsel_core.hidden_states.stored_activations import activations_key, stored_activations, stored_vectors
from catsel_core.inputs.items import InputSet
from catsel_core.models.spec import ModelSpec


@dataclass(frozen=True, slots=True, eq=False)
class Represented:
    """Items and what one model makes of them. Arrays are read-only.

    activations: with the target vectors; variance and next tokens only if the kind of analysis shows them.
    deviation: of cosines from those in float32, if the model ran in another precision and there is memory to tell.
    derived: what is made of the vectors when it is asked for.
    """

    model: ModelSpec
    inputs: InputSet
    activations: Activations
    deviation: Deviation | None
    derived: Derived

    @property
    def vectors(self) -> FloatArray:
        """(layer, item, hidden) float32."""
        return self.activations.vectors


@dataclass(frozen=True, slots=True, eq=False)
class OfOneModel:
    """What every analysis with one model has."""

    represented: Represented

    @property
    def model(self) -> ModelSpec:
        """The model that ran."""
        return self.represented.model

    @property
    def inputs(self) -> InputSet:
        """Its items, and what was left out of them."""
        return self.represented.inputs

    @property
    def activations(self) -> Activations:
        """What the model made of them."""
        return self.represented.activations

    @property
    def derived(self) -> Derived:
        """What is made of their vectors when it is asked for."""
        return self.represented.derived

    @property
    def deviation(self) -> Deviation | None:
        """What the precision costs."""
        return self.represented.deviation


def represent(inputs: InputSet, model: ModelSpec, run: Run, *, targets_only: bool = False) -> Represented:
    """The items as vectors at every layer; the model runs only if the store does not know them.

    Args:
        inputs: the items.
        model: what reads them.
        run: the store, the model's loader, and how progress is reported.
        targets_only: vectors only, stored so that another group of items changes no stored chunk.

    Raises:
        InputError, ModelError: with a sentence for the user.
    """
    if targets_only:
        activations = Activations.of_targets(stored_vectors(inputs, model, run))
    else:
        activations = stored_activations(inputs, model, run)
    derived = Derived(activations_key(inputs, model), inputs.labels, model.n_blocks + 1, run.store)
    deviation = cosine_deviation(inputs, model, activations.vectors, run)
    return Represented(model, inputs, activations, deviation, derived)
