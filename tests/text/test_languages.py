import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.languages import language_of


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The minister said that the talks would go on, but he did not say who had asked for them."),
        ("fr", "Le ministre a dit que les négociations se poursuivent, mais il ne sait pas qui les a demandées."),
        ("de", "Der Minister sagte, dass die Gespräche weitergehen, aber er wusste nicht, wer sie verlangt hat."),
        ("es", "El ministro dijo que las conversaciones siguen, pero no sabe quién las ha pedido en la capital."),
        ("pt", "O ministro disse que as conversas continuam, mas não sabe quem as pediu na capital do país."),
        ("it", "Il ministro ha detto che i colloqui continuano, ma non sa chi li ha chiesti nella capitale."),
        ("nl", "De minister zei dat de gesprekken doorgaan, maar hij weet niet wie er om heeft gevraagd."),
        ("pl", "Minister powiedział, że rozmowy trwają, ale nie wie, kto się o nie zwrócił po szczycie w stolicy."),
        ("tr", "Bakan görüşmelerin sürdüğünü söyledi, ancak bu talebin kim için olduğunu ve daha sonra ne dedi."),
        ("ru", "Министр сказал, что переговоры продолжаются, но он не знает, кто их просил после встречи в столице."),
        ("uk", "Міністр сказав, що переговори тривають, але він не знає, хто про це просив після зустрічі у столиці."),
        ("ar", "قال الوزير إن المحادثات مستمرة في العاصمة بعد أن كان قد طلب ذلك من الدول التي هي على الحدود"),
        ("fa", "وزیر گفت که گفتگوها در پایتخت ادامه دارد و این را برای همه کشورها که با آن مرز دارند گفت"),
        ("he", "השר אמר שהשיחות נמשכות בבירה"),
        ("el", "Ο υπουργός είπε ότι οι συνομιλίες συνεχίζονται"),
        ("zh", "部长说谈判仍在首都继续进行"),
        ("ja", "大臣は首都で協議が続いていると述べた"),
        ("ko", "장관은 수도에서 회담이 계속되고 있다고 말했다"),
    ],
)
def test_a_sentence_of_news_tells_its_language(code, text):
    assert language_of(text) == code


@pytest.mark.parametrize("text", ["", "12:45", "Acme Corp", "U.S. U.S. U.S. U.S.", "Kim Lee Ng Cho Abe Diaz Mbeki"])
def test_too_little_text_tells_none(text):
    assert language_of(text) is None


def test_the_main_language_decides_in_a_mixed_text():
    english = "He wrote that it was the last of the letters that they had sent to the court. "
    assert language_of(english * 5 + "Il a dit que non, les accords ne sont pas pour la paix.") == "en"


@given(st.text(max_size=200))
def test_any_text_has_a_code_of_two_letters_or_none(text):
    code = language_of(text)
    assert code is None or (len(code) == 2 and code.islower())
