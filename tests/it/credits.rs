//! The forms in which articles credit agencies, and those in which they only name them, as printed in
//! many languages: invented texts, whole articles, one credit each.

use std::sync::OnceLock;

use copytaster::Article;
use copytaster::agency::Agencies;
use copytaster::attribute::{Case, Options, attribute};
use copytaster::clean::{Boilerplate, Cleaner};
use copytaster::story::Story;

/// Paragraphs of a story, by language.
fn story(language: &str) -> [&'static str; 3] {
    match language {
        "de" => [
            "Die Hafenbehörde von Ellerbruch hat am Montag den östlichen Kai für neun Wochen gesperrt.",
            "Taucher hatten in den alten Pfählen Risse gefunden, teilte ein Sprecher der Behörde mit.",
            "Die Fähren legen bis dahin an der alten Mole an.",
        ],
        "fr" => [
            "La capitainerie de Port-Ellery a fermé lundi le quai oriental pour une durée de neuf semaines.",
            "Des plongeurs avaient découvert des fissures dans les anciens piliers, a précisé un responsable.",
            "Les bacs partiront d'ici là de l'ancienne jetée.",
        ],
        "es" => [
            "La autoridad portuaria de Puerto Ellery cerró el lunes el muelle oriental durante nueve semanas.",
            "Unos buzos habían hallado grietas en los viejos pilares, según explicó un portavoz del puerto.",
            "Los transbordadores saldrán hasta entonces del viejo espigón.",
        ],
        "pt" => [
            "A autoridade portuária de Porto Ellery fechou na segunda-feira o cais oriental por nove semanas.",
            "Mergulhadores tinham encontrado fissuras nos velhos pilares, explicou um porta-voz do porto.",
            "Até lá, as balsas partem do velho molhe.",
        ],
        "it" => [
            "L'autorità portuale di Porto Ellery ha chiuso lunedì la banchina orientale per nove settimane.",
            "I sommozzatori avevano trovato crepe nei vecchi piloni, ha spiegato un portavoce del porto.",
            "Fino ad allora i traghetti partiranno dal vecchio molo.",
        ],
        "ru" => [
            "Портовые власти Эллери в понедельник закрыли восточный причал на девять недель.",
            "Водолазы нашли трещины в старых сваях, сообщил представитель порта журналистам.",
            "До тех пор паромы будут уходить от старого пирса.",
        ],
        "ar" => [
            "أعلنت سلطة ميناء إيليري يوم الاثنين إغلاق الرصيف الشرقي لمدة تسعة أسابيع.",
            "وكان غواصون قد عثروا على تشققات في الأعمدة القديمة بحسب متحدث باسم الميناء.",
            "وستنطلق العبارات حتى ذلك الحين من الرصيف القديم.",
        ],
        "zh" => [
            "埃勒里港务局星期一宣布，东码头将关闭九个星期。",
            "港口发言人说，潜水员在旧桩上发现了裂缝，需要进行维修。",
            "在此之前，渡轮将从旧码头出发。",
        ],
        "ja" => [
            "エレリー港の当局は月曜日、東埠頭を九週間閉鎖すると発表した。",
            "港の報道官によると、潜水士が古い杭に亀裂を見つけたという。",
            "それまでの間、フェリーは古い桟橋から出る。",
        ],
        "nl" => [
            "Het havenbedrijf van Ellerhaven heeft maandag de oostelijke kade voor negen weken gesloten.",
            "Duikers hadden scheuren gevonden in de oude palen, zei een woordvoerder van de haven.",
            "De veerboten vertrekken tot die tijd van de oude pier.",
        ],
        "no" => [
            "Havnevesenet i Ellervik stengte mandag den østre kaia i ni uker etter et funn.",
            "Dykkere hadde funnet sprekker i de gamle pelene, opplyste en talsmann for havna.",
            "Fergene går inntil videre fra den gamle brygga.",
        ],
        "pl" => [
            "Zarząd portu w Ellerowie zamknął w poniedziałek wschodnie nabrzeże na dziewięć tygodni.",
            "Nurkowie znaleźli pęknięcia w starych palach, poinformował rzecznik portu w Ellerowie.",
            "Do tego czasu promy będą odpływać ze starego mola.",
        ],
        "tr" => [
            "Ellery liman idaresi pazartesi günü doğu rıhtımını dokuz haftalığına kapattı.",
            "Dalgıçlar eski kazıklarda çatlaklar bulmuştu, dedi limanın bir sözcüsü dün akşam.",
            "Feribotlar o zamana kadar eski iskeleden kalkacak.",
        ],
        _ => [
            "The harbour board of Port Ellery closed the eastern quay on Monday for nine weeks.",
            "Divers had found cracks in the old piles, a spokeswoman for the board told a meeting.",
            "Ferries will leave from the old pier until then.",
        ],
    }
}

/// The agency found in an article that prints `form`, which holds the story where it has `{0}` to
/// `{2}`, and stands below it if it has not.
fn agency(
    language: &str,
    form: &str,
    byline: Option<&str>,
    outlet: Option<&str>,
) -> Option<String> {
    let story = story(language);
    let text = if form.contains("{0}") {
        (0..3).fold(form.to_owned(), |text, at| text.replace(&format!("{{{at}}}"), story[at]))
    } else {
        format!("{}\n\n{}\n\n{}\n\n{form}", story[0], story[1], story[2])
    };
    let article = Article {
        outlet: outlet.map(ToOwned::to_owned),
        headline: Some("A headline of its own".to_owned()),
        byline: byline.map(ToOwned::to_owned),
        ..Article::new("a", text)
    };
    let agencies = AGENCIES.get_or_init(Agencies::shipped);
    let cleaner = CLEANER.get_or_init(|| Cleaner::new(agencies));
    let zones = cleaner.clean(&article, &Boilerplate::none());
    let case = Case {
        articles: &[article],
        stories: &[Story::default()],
        zones: &[zones],
        passages: &[],
        links: &[],
        clusters: &[],
        agencies,
    };
    let attributed = attribute(&case, &Options::default());
    attributed.attributions[0].agency.map(|agency| agencies.name(agency).to_owned())
}

static AGENCIES: OnceLock<Agencies> = OnceLock::new();
static CLEANER: OnceLock<Cleaner> = OnceLock::new();

const REST: &str = "\n\n{1}\n\n{2}";

/// `language | dateline | agency`, of a joint credit either (`A+B`): what stands before the first sentence.
const DATELINES: &str = "
en | LONDON, Nov 3 (Reuters) - | Reuters
en | LONDON, Nov. 3 (Reuters) – | Reuters
en | PORT ELLERY (AP) — | AP
en | (AP) | AP
en | Paris (AFP) – | AFP
en | AFP - | AFP
en | PARIS: | -
en | PTI, New Delhi: | PTI
en | NEW DELHI: (ANI) | ANI
en | New Delhi [India], November 3 (ANI): | ANI
en | New Delhi, Nov 3 (IANS) | IANS
en | MOSCOW, November 3. /TASS/. | TASS
en | BEIJING, Nov. 3 (Xinhua) -- | Xinhua
en | TOKYO, Nov 3 (Jiji Press)-- | Jiji
en | TOKYO -- (Kyodo) | Kyodo
en | DHAKA, Nov 3, 2024 (BSS/AFP) - | AFP
en | ISLAMABAD, Nov 3 (APP): | APP
en | ANKARA (AA) – | Anadolu
en | SYDNEY (AAP) - | AAP
en | TORONTO — The Canadian Press — | CP
en | BERLIN (dpa) — | dpa
en | Berlin (dpa/AFP) - | dpa+AFP
en | KYIV. KAZINFORM - | Kazinform
en | KYIV (Ukrinform) - | Ukrinform
en | RIYADH, Nov 3, 2024, SPA -- | SPA
en | ABU DHABI, 3rd November, 2024 (WAM) -- | WAM
en | SEOUL, Nov. 3 (Yonhap) -- | Yonhap
en | KUALA LUMPUR, Nov 3 (Bernama) -- | Bernama
en | LONDON | Nov 3, 2024 | -
de | Berlin (dpa) - | dpa
de | Berlin (dpa/lby) – | dpa
de | Wien (APA) - | APA
de | Bern (sda) - | Keystone-SDA
de | BERLIN dpa | dpa
de | Frankfurt/Main (Reuters) - | Reuters
de | Ellerbruch/Berlin. (dpa) | dpa
fr | PARIS (AFP) - | AFP
fr | Paris, 3 nov 2024 (AFP) - | AFP
fr | BRUXELLES (Belga) - | Belga
fr | Lausanne, 3 nov (ats) - | Keystone-SDA
es | Madrid, 3 nov (EFE).- | EFE
es | EFE.- | EFE
es | Madrid (EFE) | EFE
es | (EFE).- | EFE
es | MADRID, 3 Nov. (EUROPA PRESS) - | Europa Press
es | EFE / Madrid: | EFE
pt | Lisboa, 03 nov 2024 (Lusa) – | Lusa
pt | LISBOA (Reuters) - | Reuters
it | (ANSA) - ROMA, 3 NOV - | ANSA
it | ROMA (ANSA) - | ANSA
it | Roma, 3 nov. (askanews) - | askanews
it | Roma, 3 nov. - (Adnkronos) - | Adnkronos
ru | МОСКВА, 3 ноября. /ТАСС/. | TASS
ru | МОСКВА, 3 ноя — РИА Новости. | RIA
ru | Москва. 3 ноября. ИНТЕРФАКС - | Interfax
ru | Москва. 3 ноября. INTERFAX.RU - | Interfax
ru | ЛОНДОН, 3 ноя (Рейтер) - | Reuters
ar | القاهرة (رويترز) - | Reuters
ar | باريس 3 نوفمبر (أ ف ب) - | AFP
ar | الرياض 03 نوفمبر 2024 واس\n | SPA
ar | الرياض - واس: | SPA
ar | القاهرة في 3 نوفمبر /أ ش أ/ | MENA
ar | أبوظبي في 3 نوفمبر / وام / | WAM
ar | وكالات - القاهرة: | agencies
ar | عواصم - وكالات\n | agencies
zh | 新华社北京11月3日电 | Xinhua
zh | （新华社北京11月3日电） | Xinhua
zh | 新华社北京11月3日电（记者王某） | Xinhua
ar | طوكيو 01- واس\n | SPA
zh | 中新社北京11月3日电 | China News Service
zh | 【法新社巴黎3日电】 | AFP
zh | （中央社台北3日電） | CNA
ja | 【ロンドン共同】 | Kyodo
ja | 【ロンドン時事】 | Jiji
ja | 【11月3日 AFP】 | AFP
ja | ［ロンドン ３日 ロイター］ - | Reuters
ja | 【パリAFP＝時事】 | AFP
nl | BRUSSEL (ANP) - | ANP
nl | BRUSSEL (Belga) - | Belga
no | OSLO (NTB): | NTB
no | (NTB): | NTB
no | OSLO (NTB-Reuters): | NTB+Reuters
no | KØBENHAVN (Ritzau): | Ritzau
pl | Warszawa (PAP) - | PAP
tr | ANKARA (AA) - | Anadolu
";

/// `language | line | agency`: what stands below the story.
const LINES: &str = "
en | (Reuters) | Reuters
en | — AP | AP
en | -- AP | AP
en | – With AFP | AFP
en | - AFP | AFP
en | AFP | AFP
en | Agence France-Presse | AFP
en | Reuters/AFP | Reuters+AFP
en | Associated Press | AP
en | © 2024 Reuters | Reuters
en | © Thomson Reuters 2024. | Reuters
en | (c) 2024 AFP | AFP
en | © Agence France-Presse | AFP
en | Copyright 2023 The Associated Press. All rights reserved. | AP
en | Copyright 2023 The Associated Press. All rights reserved. This material may not be published, broadcast, rewritten or redistributed without permission. | AP
en | Copyright © 2024 The Associated Press. All rights reserved. | AP
en | The Associated Press contributed to this report. | AP
en | The Associated Press contributed | AP
en | Reuters contributed to this article | Reuters
en | Reporting by Jane Roe; Editing by John Doe | -
en | (Reporting by Jane Roe for Reuters; Editing by John Doe) | Reuters
en | Source: Xinhua | Xinhua
en | Source: Reuters | Reuters
en | Source: AAP | AAP
en | (Source: AFP) | AFP
en | With files from Reuters | Reuters
en | With files from The Canadian Press and Reuters | CP+Reuters
en | With inputs from agencies | agencies
en | (With inputs from PTI) | PTI
en | (With PTI inputs) | PTI
en | (With agency inputs) | agencies
en | (This story has not been edited by Ellery staff and is auto-generated from a syndicated feed - PTI.) | PTI
en | (Except for the headline, this story has not been edited by Ellery staff and is published from a PTI feed.) | PTI
en | This article was originally published by The Associated Press. | AP
en | This report was first published by Reuters. | Reuters
en | This report by The Canadian Press was first published Nov. 3, 2024. | CP
en | By Jane Roe, The Associated Press | AP
en | Jane Roe, The Associated Press | AP
en | Jane Roe, The Canadian Press | CP
en | *AFP* | AFP
en | _AFP_ | AFP
en | [AFP] | AFP
en | -Reuters | Reuters
en | ~AFP | AFP
en | Additional reporting by Reuters | Reuters
en | Additional reporting by AP | AP
en | Material from the Associated Press was used in this report. | AP
en | Information from the Associated Press was used in this story. | AP
en | PA | PA
en | Press Association | PA
en | — Bernama | Bernama
en | — Reuters, AFP | Reuters+AFP
en | AFP, Reuters, AP | AFP+Reuters+AP
en | Agencies | agencies
en | Wire reports | agencies
en | From wire reports | agencies
de | (dpa) | dpa
de | dpa/AFP | dpa+AFP
de | Quelle: dpa | dpa
de | Quelle: ntv.de, dpa | dpa
de | Quelle: APA/dpa | APA+dpa
de | (APA/dpa) | APA+dpa
de | nach dpa | dpa
de | Mit Material von dpa | dpa
de | Mit Agenturmaterial | agencies
de | Mit Agenturmaterial (dpa) | dpa
de | (mit dpa) | dpa
de | Mit Material der dpa | dpa
de | mit Agenturen | agencies
de | (red/dpa) | dpa
de | (dpa/red) | dpa
de | red, ORF.at/Agenturen | agencies
de | © dpa-infocom, dpa:241103-99-123456/2 | dpa
de | (c) dpa-infocom, dpa:200101-99-123456 | dpa
de | dpa-infocom GmbH | dpa
de | AFP/jm | AFP
de | kat/dpa | dpa
de | (sda) | Keystone-SDA
de | SDA/Reuters | Keystone-SDA+Reuters
de | Dieser Artikel wurde von der Deutschen Presse-Agentur (dpa) übernommen. | dpa
fr | (AFP) | AFP
fr | avec AFP | AFP
fr | Avec AFP | AFP
fr | (Avec AFP) | AFP
fr | Le Courrier avec AFP | AFP
fr | Le Courrier (avec AFP et Reuters) | AFP+Reuters
fr | Source : AFP | AFP
fr | Source AFP | AFP
fr | AFP et Reuters | AFP+Reuters
fr | © AFP | AFP
fr | (Belga) | Belga
fr | ATS | Keystone-SDA
fr | avec agences | agencies
fr | (Avec agences) | agencies
es | (Con información de EFE) | EFE
es | Con información de AFP y AP | AFP+AP
es | EFE | EFE
es | (EFE) | EFE
es | Fuente: EFE | EFE
es | Agencia EFE | EFE
es | Agencias | agencies
es | Con información de agencias | agencies
es | Con informacion de Europa Press | Europa Press
pt | Agência Lusa | Lusa
pt | Com Lusa | Lusa
pt | (Com informações da Reuters) | Reuters
pt | Com informações da Agência Brasil | Agência Brasil
pt | Fonte: Lusa | Lusa
pt | *Com AFP | AFP
it | (ANSA). | ANSA
it | Fonte: ANSA | ANSA
it | Riproduzione riservata © Copyright ANSA | ANSA
it | RIPRODUZIONE RISERVATA © Copyright ANSA | ANSA
it | © Riproduzione riservata | -
it | (askanews) | askanews
ru | РИА Новости | RIA
ru | ТАСС | TASS
ru | /ТАСС/ | TASS
ru | ИНТЕРФАКС | Interfax
ru | Источник: ТАСС | TASS
ru | Источник: РИА Новости | RIA
ru | По материалам ТАСС | TASS
ru | По материалам информагентств | agencies
ar | وكالات | agencies
ar | (أ ف ب) | AFP
ar | (رويترز) | Reuters
ar | المصدر: رويترز | Reuters
ar | المصدر : وكالات | agencies
ar | واس | SPA
ar | — واس | SPA
ar | أ ف ب - رويترز | AFP+Reuters
ar | المصدر: أ.ف.ب | AFP
zh | （新华社） | Xinhua
zh | 来源：新华社 | Xinhua
zh | 来源： 新华网 | Xinhua
zh | （据新华社） | Xinhua
zh | （完） | -
ja | （共同） | Kyodo
ja | （時事） | Jiji
ja | 共同 | Kyodo
ja | 時事通信 | Jiji
ja | (c)AFP | AFP
nl | (ANP) | ANP
nl | ANP | ANP
nl | Bron: ANP | ANP
nl | BELGA | Belga
nl | (belga) | Belga
no | (NTB) | NTB
no | (©NTB) | NTB
no | NTB | NTB
no | Kilde: NTB | NTB
no | TT-Reuters | TT
no | /ritzau/ | Ritzau
no | (TT) | TT
no | (STT) | STT
pl | (PAP) | PAP
pl | PAP | PAP
pl | Źródło: PAP | PAP
pl | źródło: PAP | PAP
pl | (ČTK) | CTK
pl | ČTK | CTK
pl | Zdroj: ČTK | CTK
pl | (MTI) | MTI
pl | Forrás: MTI | MTI
tr | AA | Anadolu
tr | Kaynak: AA | Anadolu
tr | (AA) | Anadolu
en | Reuters/jm | Reuters
en | AFP/jm | AFP
en | - Reuters/jm | Reuters
en | cnh/ks (Reuters, AP, dpa) | Reuters+AP+dpa
en | jm/rt (AFP, dpa) | AFP+dpa
en | dh/jcg (dpa, Reuters) | dpa+Reuters
en | — The Associated Press | AP
en | This story was produced with files from Reuters. | Reuters
en | (AFP)/(Reuters) | AFP+Reuters
en | PTI ABC DEF | PTI
en | PTI AB CD EF | PTI
en | (ANI) | ANI
en | -ANI | ANI
en | --IANS | IANS
en | --IANS abc/def/ | IANS
en | -- BERNAMA | Bernama
en | —Xinhua | Xinhua
en | Enditem | -
en | -0- PNA | PNA
en | Contact the reporter at jane@ellery.example. The Associated Press contributed to this report. | AP
en | AP writers Jane Roe in Paris and John Doe in London contributed. | AP
en | Associated Press writer Jane Roe in Paris contributed to this report. | AP
en | ___ AP correspondents contributed to this report. | AP
en | (With inputs from agencies) | agencies
en | (This story is published from a syndicated feed. Only the headline has been changed. PTI) | PTI
en | With Reuters, AFP | Reuters+AFP
en | Text by AFP | AFP
en | Story by AFP | AFP
en | Reuters contributed to this story. | Reuters
en | CNN Wire contributed | -
en | Our Standards: The Thomson Reuters Trust Principles. | -
de | dpa/rs | dpa
de | Agenturen/red | agencies
de | Mit Informationen von dpa und AFP | dpa+AFP
de | Mit Material von AFP und dpa | AFP+dpa
de | (mit Agenturmaterial) | agencies
de | (AFP, dpa) | AFP+dpa
de | (APA, red) | APA
de | (APA, 3.11.2024) | APA
de | (dpa/jw) | dpa
de | (rop/dpa) | dpa
de | (SDA) | Keystone-SDA
de | tmn/dpa | dpa
de | mzu/dpa/AFP | dpa+AFP
de | fek/dpa/Reuters | dpa+Reuters
fr | (ats / lc) | Keystone-SDA
fr | ats/lc | Keystone-SDA
fr | Avec Reuters et AFP | Reuters+AFP
fr | Avec l'AFP | AFP
fr | Belga | Belga
es | EFE/jr | EFE
es | (Con información de agencias) | agencies
es | (Reuters, EFE) | Reuters+EFE
es | Con información de Reuters, EFE y AP | Reuters+EFE+AP
es | EFE ab/cd | EFE
pt | (Com Reuters) | Reuters
pt | *Com informações da AFP | AFP
it | (ANSA) | ANSA
ru | (ТАСС) | TASS
ar | (أ.ف.ب) | AFP
ar | المصدر: أ ف ب + رويترز | AFP+Reuters
ar | «أ ف ب» | AFP
zh | 新华社 | Xinhua
zh | (来源：新华网) | Xinhua
zh | （综合新华社报道） | Xinhua
zh | （央视新闻 新华社） | Xinhua
ja | （ロイター） | Reuters
nl | © ANP | ANP
no | © NTB | NTB
no | (NTB-AFP) | NTB+AFP
no | /TT | TT
no | TT | TT
pl | (PAP) jn/ | PAP
pl | jn/ PAP | PAP
";

/// `language | line | agency`: what stands above the story on a line of its own.
const HEADS: &str = "
en | By The Associated Press | AP
en | By Associated Press | AP
en | By Jane Roe, Associated Press | AP
en | By JANE ROE | The Associated Press | AP
en | By Reuters | Reuters
en | By Reuters Staff | Reuters
en | Jane Roe and John Doe, Reuters | Reuters
en | Reuters | Reuters
en | AFP News | AFP
en | Agence France-Presse | AFP
en | By Agence France-Presse | AFP
en | By AFP | AFP
en | By AFP - Agence France Presse | AFP
en | Written by Jane Roe for Reuters | Reuters
en | Agencies | agencies
en | By Agencies | agencies
en | PTI | PTI
en | Press Trust of India | PTI
en | Xinhua | Xinhua
en | Source: Xinhua | Editor: huaxia | Xinhua
en | Source: Xinhua| 2024-11-03 10:00:00|Editor: huaxia | Xinhua
en | By Jane Roe | -
de | Von dpa | dpa
de | Von Hanna Muster, dpa | dpa
de | dpa | dpa
de | Von Hanna Muster und dpa | dpa
fr | Par AFP | AFP
fr | Le Courrier avec AFP | AFP
fr | Par Le Courrier avec AFP | AFP
fr | Par Le Courrier avec AFP Publié le 3 novembre 2024 | AFP
fr | Publié le 3 novembre 2024 à 10h12, par AFP | AFP
es | Por EFE | EFE
es | EFE | EFE
es | EFE / Puerto Ellery | EFE
es | Agencia EFE | EFE
es | Redacción / EFE | EFE
pt | Lusa | Lusa
pt | Agência Lusa | Lusa
it | di ANSA | ANSA
it | Redazione ANSA | ANSA
ru | РИА Новости | RIA
ru | ТАСС | TASS
ar | وكالات | agencies
ar | رويترز | Reuters
ar | القاهرة - رويترز | Reuters
ar | واس - الرياض | SPA
zh | 来源：新华社 | Xinhua
zh | 2024-11-03 10:00 来源：新华网 | Xinhua
ja | 共同通信 | Kyodo
nl | Door ANP | ANP
nl | ANP Producties | ANP
nl | Bron: ANP | ANP
no | NTB | NTB
no | Av NTB | NTB
no | Av Jane Roe/NTB | NTB
no | Ritzau | Ritzau
pl | PAP | PAP
en | AFP, Paris | AFP
en | Reuters, London | Reuters
en | Published Nov 3, 2024 | Reuters | Reuters
en | Reuters Published November 3, 2024 | Reuters
en | AFP November 3, 2024 | AFP
en | AFP • Nov 3, 2024 | AFP
en | By AFP Nov 3, 2024 | AFP
en | By Reuters • November 3, 2024 10:00 am | Reuters
en | By Associated Press Nov. 3, 2024 at 10:00 a.m. EDT | AP
en | By JANE ROE - Associated Press | AP
en | By JANE ROE Associated Press | AP
en | JANE ROE Associated Press | AP
en | Jane Roe, Associated Press • Nov 3, 2024 | AP
en | By Jane Roe and John Doe | Associated Press | AP
en | By Jane Roe, Reuters Staff Writer | Reuters
en | PTI | New Delhi | PTI
en | PTI / New Delhi | PTI
en | New Delhi, PTI | PTI
en | Last Updated: Nov 3, 2024 | PTI | PTI
en | Edited by: Ellery Desk | PTI | PTI
en | Reported By: PTI | PTI
en | Agency: PTI | PTI
en | Source: PTI | PTI
en | Source: ANI | Updated Nov 3 | ANI
en | Web Desk | Reuters | Reuters
en | Staff and agencies | agencies
en | Guardian staff and agencies | agencies
en | Reuters in London | Reuters
en | Agence France-Presse in Paris | AFP
en | Associated Press in Washington | AP
de | dpa 03.11.2024 | dpa
de | 03.11.2024, 10:00 Uhr dpa | dpa
de | Stand: 03.11.2024, 10:00 Uhr | dpa | dpa
de | Von Hanna Muster (dpa) | dpa
de | Quelle: dpa | dpa
de | DPA / Ellerblatt | dpa
fr | AFP, publié le 3 novembre 2024 | AFP
fr | Par AFP le 3 novembre 2024 | AFP
fr | Par l'AFP | AFP
fr | Par AFP - Ellery | AFP
fr | AFP agence | AFP
fr | Par Le Courrier (avec AFP) | AFP
fr | La rédaction avec AFP | AFP
fr | Le Courrier.fr (avec AFP) Publié le 03/11/2024 | AFP
fr | L. C. avec AFP | AFP
es | EFE, Madrid | EFE
es | EFE | Madrid | EFE
es | Por: EFE | EFE
es | Por EFE - 3 de noviembre de 2024 | EFE
es | AFP y EFE | AFP+EFE
es | Redacción | EFE | EFE
es | Madrid, EFE | EFE
pt | Lusa 3 de Novembro de 2024 | Lusa
pt | Agência Lusa, Lisboa | Lusa
pt | Por Reuters | Reuters
pt | Da Agência Brasil | Agência Brasil
pt | Da Redação, com agências | agencies
it | Redazione (ANSA) | ANSA
it | di Redazione ANSA | ANSA
it | ANSA.it | ANSA
ru | МОСКВА, 3 ноя — РИА Новости | RIA
ar | أ ف ب - باريس | AFP
ar | باريس - أ ف ب | AFP
ar | لندن (رويترز) | Reuters
ar | المصدر: وكالات | agencies
zh | 来源：新华社 作者：王某 | Xinhua
zh | 新华社 2024-11-03 | Xinhua
nl | Redactie/ANP | ANP
no | Av NTB / Ellerbladet | NTB
no | Publisert av NTB | NTB
";

/// `language | sentence`: an agency is named, and has not written the text.
const MENTIONS: &str = "
en | The minister told Reuters that the quay would open again in spring.
en | According to AFP, the board had known of the cracks for years.
en | Nobody was hurt, the Associated Press reported.
en | “We will build a new quay,” she said in an interview with Reuters.
en | The board did not answer questions by Bloomberg News.
en | A Reuters photographer saw divers at work below the quay.
en | A poll by AP-NORC found that few knew of the cracks.
en | The news was first reported by Reuters.
en | The state news agency Xinhua said that ferries would leave from elsewhere.
en | Two officials told the AP.
en | The story was carried by TASS, Interfax and RIA Novosti.
en | “The quay is safe,” the head of the board told AFP
en | Photo: Jane Roe / Reuters
en | (AP Photo/Jane Roe)
en | Jane Roe/AFP via Getty Images
en | REUTERS/Jane Roe
en | FILE PHOTO: The quay of Port Ellery, Nov 3, 2024. REUTERS/Jane Roe/File Photo
en | FILE - Divers at the quay of Port Ellery on Nov. 3, 2024. (AP Photo/Jane Roe, File)
en | Image credit: AFP
en | Credit: Jane Roe/AP
en | Photo by Jane Roe/AFP via Getty Images
en | Divers at the quay of Port Ellery on Monday. — Reuters pic
en | Divers at the quay of Port Ellery on Monday. Photo: AFP
en | Divers at the quay of Port Ellery on Monday. [Photo/Xinhua]
en | Divers at the quay of Port Ellery (Reuters photo)
de | Das sagte der Sprecher der Deutschen Presse-Agentur.
de | Das berichtete die Nachrichtenagentur Reuters am Montag.
de | Nach Informationen der dpa waren die Risse seit Jahren bekannt.
de | Laut AFP waren die Risse seit Jahren bekannt.
de | Foto: dpa
de | Bild: Hanna Muster/dpa
de | © Foto: Hanna Muster/dpa
de | Foto: Hanna Muster/dpa-Zentralbild/dpa
de | Der Kai von Ellerbruch. (Archivbild: dpa)
de | picture alliance/dpa
fr | Le quai sera reconstruit, a déclaré le ministre à l'AFP.
fr | Selon l'AFP, les fissures étaient connues depuis des années.
fr | Crédit photo : AFP
fr | © Jeanne Roe / AFP
fr | Photo AFP
fr | Des plongeurs au quai de Port-Ellery. PHOTO AFP
es | Así lo dijo el portavoz a EFE.
es | Según informó la agencia EFE, las grietas se conocían desde hace años.
es | Foto: EFE
es | EFE/Juana Roe
es | Los buzos en el muelle de Puerto Ellery. EFE/Juana Roe
pt | disse o porta-voz à Lusa.
pt | Segundo a agência Lusa, as fissuras eram conhecidas há anos.
pt | Foto: Lusa
pt | Foto: Joana Roe/Agência Brasil
it | Lo ha detto il portavoce all'ANSA.
it | Secondo l'ANSA le crepe erano note da anni.
it | Foto ANSA
ru | Об этом сообщает РИА Новости.
ru | Об этом сообщил ТАСС представитель порта.
ru | Как передаёт Интерфакс, трещины были известны давно.
ru | Фото: ТАСС
ru | © РИА Новости / Иван Иванов
ru | Фото: Иван Иванов/РИА Новости
ar | وقال المتحدث لوكالة رويترز إن الرصيف سيفتح في الربيع.
ar | بحسب وكالة فرانس برس.
ar | وفق ما ذكرت وكالة الأنباء السعودية.
ar | الصورة: رويترز
ar | (تصوير: أ ف ب)
zh | 据新华社报道，裂缝早已为人所知。
zh | 新华社记者 王某 摄
zh | 图：新华社
zh | （图片来源：路透社）
ja | ロイター通信によると、亀裂は以前から知られていた。
ja | 写真：ロイター
ja | （写真：AFP/アフロ）
ja | 共同通信の取材に答えた。
nl | Dat zei de woordvoerder tegen het ANP.
nl | Foto: ANP
no | Det sa talsmannen til NTB.
no | Foto: Jane Roe / NTB
pl | powiedział PAP rzecznik portu.
pl | Fot. PAP/Jan Nowak
pl | fot. Jan Nowak/PAP
tr | Sözcü, AA muhabirine yaptığı açıklamada rıhtımın açılacağını söyledi.
tr | Fotoğraf: AA
";

/// Splits a table into its cells; what stands between the first and the last bar is one cell.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    table.lines().filter(|line| !line.is_empty()).map(|line| {
        let (language, rest) = line.split_once(" | ").unwrap();
        let (form, agency) = rest.rsplit_once(" | ").unwrap_or((rest, "-"));
        (language, form, agency)
    })
}

fn check(what: &str, floor: f64, cases: &[(String, Option<String>, String)]) {
    let misses: Vec<_> = cases
        .iter()
        .filter(|(_, said, is)| is.split('+').all(|is| said.as_deref().unwrap_or("-") != is))
        .map(|(form, said, is)| format!("{form}: {}, is {is}", said.as_deref().unwrap_or("-")))
        .collect();
    let share = 1.0 - misses.len() as f64 / cases.len() as f64;
    println!("{what}: {share:.4} of {}\n  {}", cases.len(), misses.join("\n  "));
    assert!(share >= floor, "{what}: {share:.4}");
}

fn in_forms(table: &str, form: impl Fn(&str) -> String) -> Vec<(String, Option<String>, String)> {
    rows(table)
        .map(|(language, credit, is)| {
            (
                credit.to_owned(),
                agency(language, &form(&credit.replace("\\n", "\n")), None, None),
                is.to_owned(),
            )
        })
        .collect()
}

#[test]
fn datelines() {
    check("datelines", 1.0, &in_forms(DATELINES, |line| format!("{line} {{0}}{REST}")));
}

#[test]
fn datelines_after_furniture() {
    let form = |line: &str| {
        format!(
            "Share this article\n\nFacebook Twitter WhatsApp\n\nListen to this article\n\n{line} {{0}}{REST}"
        )
    };
    check("datelines after furniture", 1.0, &in_forms(DATELINES, form));
}

#[test]
fn credits_below_the_story() {
    check("credits below", 1.0, &in_forms(LINES, |line| format!("{{0}}{REST}\n\n{line}")));
}

#[test]
fn credits_above_furniture() {
    let form = |line: &str| {
        format!(
            "{{0}}{REST}\n\n{line}\n\nRead more\n\nQuay to stay shut\n\nSubscribe to our newsletter\n\nTags: harbour, quay"
        )
    };
    check("credits above furniture", 1.0, &in_forms(LINES, form));
}

#[test]
fn credits_above_the_story() {
    check("credits above", 1.0, &in_forms(HEADS, |line| format!("{line}\n\n{{0}}{REST}")));
}

#[test]
fn mentions_attribute_nothing() {
    let below = in_forms(MENTIONS, |line| format!("{{0}}{REST}\n\n{line}"));
    check("mentions below", 1.0, &below);
    let inside = in_forms(MENTIONS, |line| format!("{{0}}\n\n{line}{REST}"));
    check("mentions inside", 1.0, &inside);
}

#[test]
fn fields() {
    for (byline, outlet, is) in [
        (Some("AFP"), None, Some("AFP")),
        (Some("By Associated Press"), None, Some("AP")),
        (Some("Jane Roe, Reuters"), None, Some("Reuters")),
        (Some("Jane Roe | AP"), None, Some("AP")),
        (Some("Le Courrier avec AFP"), None, Some("AFP")),
        (Some("dpa"), None, Some("dpa")),
        (Some("Jane Roe"), None, None),
        (None, Some("reuters.com"), Some("Reuters")),
        (None, Some("Agence France-Presse"), Some("AFP")),
        (None, Some("EFE"), Some("EFE")),
        (None, Some("Ellery Gazette"), None),
    ] {
        let said = agency("en", &format!("{{0}}{REST}"), byline, outlet);
        assert_eq!(said.as_deref(), is, "{byline:?} {outlet:?}");
    }
}
