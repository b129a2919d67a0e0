"""Products with weights in the processor's layout: the numbers of plain linear layers, in both precisions."""

import pytest
import torch
from torch import nn
from transformers.pytorch_utils import Conv1D

from catsel_core.hidden_states import linear_layers as products
from catsel_core.hidden_states.linear_layers import LinearLayer


@pytest.fixture(params=["as here", "no layout of its own", "no bfloat16 products"])
def layout(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param != "as here":
        monkeypatch.setattr(products, "_packs", lambda _: False)
    if request.param == "no bfloat16 products":
        monkeypatch.setattr(products, "multiplies_in", lambda dtype: dtype == torch.float32)


@pytest.mark.usefixtures("layout")
@pytest.mark.parametrize("biased", [True, False])
@pytest.mark.parametrize("shape", [(1,), (3, 5), (2, 700)])
def test_as_a_linear_layer(shape: tuple[int, ...], biased: bool) -> None:
    torch.manual_seed(0)
    plain, x = nn.Linear(48, 80, bias=biased), torch.randn(*shape, 48)
    with torch.inference_mode():
        made, expected = LinearLayer(plain.weight.detach(), plain.bias)(x), plain(x)
    assert made.shape == expected.shape
    torch.testing.assert_close(made, expected, atol=1e-5, rtol=1e-5)


@pytest.mark.usefixtures("layout")
def test_as_a_convolution_over_one_place() -> None:
    torch.manual_seed(0)
    plain, x = Conv1D(80, 48), torch.randn(2, 5, 48)
    nn.init.normal_(plain.bias)
    with torch.inference_mode():
        torch.testing.assert_close(LinearLayer(plain.weight.detach().T, plain.bias)(x), plain(x), atol=1e-5, rtol=1e-5)


@pytest.mark.usefixtures("layout")
def test_in_bfloat16_only_the_factors_and_the_sum_are_rounded() -> None:
    torch.manual_seed(0)
    weight, bias, x = torch.randn(80, 48).bfloat16(), torch.randn(80), torch.randn(7, 48)
    exact = x.bfloat16().double() @ weight.double().T
    with torch.inference_mode():
        made, biased = LinearLayer(weight, None)(x), LinearLayer(weight, bias)(x)
    assert made.dtype == torch.float32
    torch.testing.assert_close(made.double(), exact, atol=1e-4, rtol=2**-8)
    torch.testing.assert_close(biased, made + bias)


@pytest.mark.parametrize("widened", [1, 48 * 30, 48 * 80, products.WIDENED])
def test_without_bfloat16_products_the_sum_is_not_rounded_either(widened: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "multiplies_in", lambda dtype: dtype == torch.float32)
    monkeypatch.setattr(products, "WIDENED", widened)
    torch.manual_seed(0)
    weight, x = torch.randn(80, 48).bfloat16(), torch.randn(2, 7, 48)
    product = LinearLayer(weight, None)
    assert product.weight.dtype == torch.bfloat16
    torch.testing.assert_close(product(x).double(), x.bfloat16().double() @ weight.double().T, atol=1e-5, rtol=1e-5)


@pytest.mark.usefixtures("layout")
def test_rows_do_not_touch_each_other() -> None:
    torch.manual_seed(0)
    product, x = LinearLayer(torch.randn(80, 48), None), torch.randn(40, 48)
    with torch.inference_mode():
        torch.testing.assert_close(product(x)[7:9], product(x[7:9]), atol=1e-5, rtol=1e-5)
        assert torch.equal(product(x), product(x))
